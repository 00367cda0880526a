# Replacing keys: nobody loses access, and one key file holds the new key and the old ones.
$ set -o pipefail
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice dr-bob; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
$ echo secret > passphrase
$ keygen --encrypt --passphrase-file passphrase dr-eve --quiet --format text
did:key:z6MkoDr1sM4HzJuS5uubi6UdWoJG397vkKEZz6eNDBTaJ5HQ
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
identity.enroll
$ put-record --patient alice -k mercy $EXAMPLES/bundle.json | jq -r .id > record
$ mine --format text | head -1
block  sealed  17e03be3a87bf8c5895efbe4cb3990accdd9c03b3f027d8f69cfecc432b0f2d9
$ grant --to dr-bob --scope 'patient/*.rs' -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  6db8f98b614714b07619b185600a467c989413b1f3f8fbfc3bb885dea21ccce1

# The patient.
$ rotate-key -k alice | jq -c '[.type, .status]'
rotate-key: sealed 1 capsule to the new key
rotate-key: ~/../keys/alice.pem holds the new key and 1 older
["identity.rotate","pending"]
$ grep -c 'BEGIN PRIVATE KEY' "$CARECHAIN_KEYS"/alice.pem
2
$ stat -c %a "$CARECHAIN_KEYS"/alice.pem
600
$ mine --format text | head -1
block  sealed  39333e11bf6d1494440f8ccecc75df8383d7ee2dc3366f4dcfdd8bec0ed37223
$ request-access $(cat record) -k alice | release-record -k mercy | open-record -k alice | cmp - $EXAMPLES/bundle.json && echo the same
the same
$ request-access $(cat record) -k alice --capsules | release-record -k mercy | jq -r .data.decision
permit
$ revoke --from dr-bob -k alice | jq -r .type
access.revoke
$ grant --to dr-bob --scope 'patient/*.rs' -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  0ec0af9dd582178100688e7e39599952148b457b8d9fa4205e437b404867d878

# A doctor whose keys are elsewhere: the old capsule is given, and is sealed anew from afar.
$ mv "$CARECHAIN_KEYS"/*.epoch .
$ rotate-key -k dr-bob | jq -r .type
rotate-key: the vault's capsules were not sealed to the new key: the vault's key '~/../keys/vault-1b5d6f2afa432cb00a6dbf8e27e8bc33-000001.epoch' is missing: nothing in the vault opens without it
rotate-key: ~/../keys/dr-bob.pem holds the new key and 1 older
identity.rotate
$ mv *.epoch "$CARECHAIN_KEYS"
$ mine --format text | head -1
block  sealed  6d60c19563be13d103e8607c56381ebd4f4f775c36e546bbc1d77d329868ad32
$ request-access $(cat record) -k dr-bob | release-record -k mercy | open-record -k dr-bob | cmp - $EXAMPLES/bundle.json && echo the same
the same
$ list capsules --to dr-bob --format text
record  version  reader
$ request-access $(cat record) --capsules -k dr-bob | release-record -k mercy | rotate-key --reseal -k dr-bob | submit-tx
submit-tx: stored 1 capsule
$ list capsules --to dr-bob --format text
record        version  reader
09ff075ba06e        1  did:key:z6MkeY1kE4bL…
$ request-access $(cat record) -k dr-bob | release-record -k mercy | open-record -k dr-bob | cmp - $EXAMPLES/bundle.json && echo the same
the same

# The hospital itself: it goes on keeping, releasing and sealing.
$ rotate-key -k mercy | jq -r .type
rotate-key: sealed 1 capsule to the new key
rotate-key: ~/../keys/mercy.pem holds the new key and 1 older
identity.rotate
$ mine --format text | head -1
block  sealed  7cfefbea1878adf185d251ce693d68f02dfeb38649bbc284db99b2e35d26b8b7
$ put-record --patient alice -k mercy $EXAMPLES/bundle.json | jq -r .type
record.put
$ mine --format text | head -1
block  sealed  69a0b643a078df3a056a7d755274d7319d68f26612f3737c7b1b142f834c25b2
$ request-access $(cat record) -k dr-bob | release-record -k mercy | open-record -L mercy -k dr-bob | cmp - $EXAMPLES/bundle.json && echo the same
the same
$ rotate-key -k mercy | jq -r .type
rotate-key: sealed 2 capsules to the new key
rotate-key: ~/../keys/mercy.pem holds the new key and 2 older
identity.rotate
$ grep -c 'BEGIN PRIVATE KEY' "$CARECHAIN_KEYS"/mercy.pem
3
$ mine --format text | head -1
block  sealed  90d9b5d2fc5e0cfc83dd55088035ba11afb4b10bc2dc9d254808246c06e080ff
$ verify-chain --vault --format text | tail -1
sound

# Broken off after the new key was kept and before the ledger knew: the same key goes on.
$ keygen carol --quiet --format text
did:key:z6MkkoChCB7tLPJezPzjZHmZn2GLbuDscgmFxJJCNugpcfek
$ enroll-identity carol --role nurse -k mercy | jq -r .type
identity.enroll
$ cp "$CARECHAIN_KEYS"/carol.pem carol.pem
$ keygen -o next.pem --quiet --format text
did:key:z6Mkn1HyABap1cvZuptVVyA4S3doJj3bGJtumUwZ2gd7H5Yb
$ { cat carol.pem; echo 'The coming key, not in force yet (rotate-key):'; cat next.pem; } > "$CARECHAIN_KEYS"/carol.pem
$ rotate-key -k carol | jq -r .data.key
rotate-key: ~/../keys/carol.pem holds the new key and 1 older
did:key:z6Mkn1HyABap1cvZuptVVyA4S3doJj3bGJtumUwZ2gd7H5Yb
$ keygen --show carol --format text
did:key:z6Mkn1HyABap1cvZuptVVyA4S3doJj3bGJtumUwZ2gd7H5Yb

# An encrypted key stays encrypted.
$ enroll-identity $(keygen --show dr-eve --passphrase-file passphrase --format text) --name eve --role nurse -k mercy | jq -r .type
identity.enroll
$ rotate-key -k dr-eve --passphrase-file passphrase | jq -r .type
rotate-key: ~/../keys/dr-eve.pem holds the new key and 1 older
identity.rotate
$ grep -c 'BEGIN ENCRYPTED PRIVATE KEY' "$CARECHAIN_KEYS"/dr-eve.pem
2
$ grep -c 'BEGIN PRIVATE KEY' "$CARECHAIN_KEYS"/dr-eve.pem
0
[1]

# 1, 2 and 3.
$ keygen stranger --quiet --format text
did:key:z6Mkort3u5YGitMScRHKz4FRV6nVMEa25GKgC1CgwivEe1hy
$ rotate-key -k stranger
rotate-key: error: this ledger knows no account of the key 'stranger'
rotate-key: hint: list identities
[1]
$ rotate-key --reseal -k alice < /dev/null
rotate-key: error: there is nothing on stdin
rotate-key: hint: request-access --capsules … | release-record … | rotate-key --reseal …
[1]
$ rotate-key --reseal --offline -k alice
rotate-key: error: --reseal signs nothing for the chain: leave out --offline
[2]
$ rotate-key -k nobody
rotate-key: error: there is no key 'nobody' in ~/../keys
rotate-key: hint: keygen nobody
[3]
