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
block  sealed  486b379e3cf8f768e4c68b5c0008b1bb5a154e466a8fab6ef47e24040bce4798
$ erase-key --patient alice -k mercy --quiet | jq -r .type
erase.order
$ mine --format text | head -1
block  sealed  6474a5f80816d88fba7cfb8dd9b5261a951fa0cbb2fcf1fce9754284f9f05f52
$ erase-key --patient alice -k mercy > partial.json
$ jq -c '.data | [.complete, (.copies[] | .epoch)]' partial.json
[false,"1"]
$ mine --format text | head -1
block  sealed  4b02b2a7018852dfe5040f69eb5bb062ac7cc77f959781acd0fb48f105f07f78
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
block  sealed  7e45eae6530a6f487b16898da2058b5af12a169b864c2bc066a2b34f9f557bc1
$ erase-key -k mercy > complete.json
$ jq -c '.data | [.complete, .copies]' complete.json
[true,[]]
$ mine --format text | head -1
block  sealed  3bdb7234e8a5a91452ab91ff598a8e144843691cef15f8dce273bf6446e0f467
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
