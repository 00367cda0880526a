# A copy of a vault's keys: a certificate of erasure is partial until its holder has destroyed it.
$ set -o pipefail
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice escrow; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6MkjA2Wg2hN3GKU1wQK9UQtndnQ7q7pKAZMU8v6VmvyXnbu
$ echo 'about alice' | put-record --patient alice -k mercy - | jq -r .type
record.put
$ cp "$CARECHAIN_KEYS"/*.epoch escrowed
$ register-copy --held-by escrow -k mercy | jq -r .id > copy
$ mine --format text | head -1
block  sealed  45126c028b328b1f74c3851919170c87918af91cdd2d5f933045b37f1eab4a43
$ erase-key --patient alice -k mercy --quiet | jq -r .type
erase.order
$ mine --format text | head -1
block  sealed  5da40a92daebe7bbda3361754ce9bfd0f92600d38571c5fa52883a17c0dea472
$ erase-key --patient alice -k mercy > partial.json
$ jq -c '.data | [.complete, (.copies[] | .epoch)]' partial.json
[false,"1"]
$ mine --format text | head -1
block  sealed  1aee0679676d18aed9f384d128ac8cd50cb36f322c7197951bec272439341acf
$ verify-erasure --vault partial.json --format text
order        53d25e5720bffffec85699b2f579ae9ee4ae97c68704aabbb3ccbdb193ec9832.0
certificate  holds
chain        holds
vault        holds
erased, but for the copies that the certificate names
$ list copies --format text
copy          custodian  epoch  holder                 state
7e2eef5466ca  mercy          1  did:key:z6MkjA2Wg2hN…  held
$ erase-key -k mercy
erase-key: there is no order of erasure to carry out

# The holder destroys it and says so; then the certificate is complete.
$ rm escrowed
$ register-copy --destroyed $(cat copy) -k mercy
register-copy: error: only who holds the copy may say that it is destroyed
[1]
$ register-copy --destroyed $(cat copy) -k escrow | jq -r .type
vault.copy-destroyed
$ register-copy --destroyed $(cat copy) -k escrow
register-copy: error: that was said already, at block 4
[1]
$ mine --format text | head -1
block  sealed  700afe3884aecbf1181a2b320e0c4c4182148b5bce50c007cd727cd96340400b
$ erase-key -k mercy > complete.json
$ jq -c '.data | [.complete, .copies]' complete.json
[true,[]]
$ mine --format text | head -1
block  sealed  1e06549d448dfa3f790a65e4b5fd3b1fbbb3faf67291a0648a4883b4a7392b43
$ verify-erasure --vault complete.json --format text
order        53d25e5720bffffec85699b2f579ae9ee4ae97c68704aabbb3ccbdb193ec9832.0
certificate  holds
chain        holds
vault        holds
erased
$ verify-erasure --vault partial.json --format text
order        53d25e5720bffffec85699b2f579ae9ee4ae97c68704aabbb3ccbdb193ec9832.0
certificate  holds
chain        unclear
             a complete certificate took its place on the chain: check that one
vault        holds
unclear
[3]

# 1, 2 and 3.
$ register-copy --held-by nobody -k mercy
register-copy: error: there is nobody called 'nobody': neither on the ledger nor among the key files
register-copy: hint: give a did:key, or: carechain keygen nobody
[1]
$ register-copy -k mercy
register-copy: error: say who holds a copy, or which is destroyed
register-copy: hint: --held-by WHO, or --destroyed ID
[2]
$ register-copy --held-by escrow -k alice
register-copy: error: only an enrolled organisation has a vault
[1]
$ rm "$CARECHAIN_KEYS"/*.epoch
$ register-copy --held-by escrow -k mercy
register-copy: error: the vault's key '~/../keys/vault-1b5d6f2afa432cb00a6dbf8e27e8bc33-000002.epoch' is missing: nothing in the vault opens without it
register-copy: hint: set CARECHAIN_KEYS to the directory that holds it
[3]
