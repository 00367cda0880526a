# Two places that share nothing but a pipe (ssh, say): a patient with her keys and a copy of the chain at home, and a
# hospital with its own keys, ledger and vault.
$ set -o pipefail
$ home() { CARECHAIN_KEYS=home/keys CARECHAIN_LEDGER=home/ledger "$@"; }
$ hospital() { CARECHAIN_KEYS=hospital/keys CARECHAIN_LEDGER=hospital/mercy "$@"; }
$ clinic() { CARECHAIN_KEYS=clinic/keys CARECHAIN_LEDGER=clinic/ledger "$@"; }
$ hospital init-ledger --solo --quiet | jq -r .type
ledger
$ clinic keygen dr-bob --format text
did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S
$ hospital enroll-identity $(clinic keygen --show dr-bob --format text) --name dr-bob --role clinician -k mercy | jq -r .type
identity.enroll
$ hospital mine --format text | head -1
block  sealed  564dc106c9f7793751ca1e0995c4ef6a10e80e3dec4e1798db142577afb54346

# A copy of the chain: the blocks are enough, the index is made from them.
$ for place in home clinic; do mkdir -p $place/ledger; cp -r hospital/mercy/blocks $place/ledger; $place rebuild-index | jq -c '[.type, .height]'; done
["index",1]
["index",1]

# The hospital knows the patient by the account she shows to it, and stores two records of hers.
$ home keygen alice --format text
did:key:z6MkmKcFjfdmFJtyc2dGSojy1Mcjnyx8XWxmM6WwxnHmpanu
$ patient=$(home keygen --derive alice --for mercy --format text)
$ echo '{"resourceType":"Observation","id":"pulse"}' | hospital put-record --patient $patient -k mercy - | jq -r .type
record.put
$ echo '{"resourceType":"Condition","id":"sinusitis"}' | hospital put-record --patient $patient -k mercy - | jq -r .type
record.put
$ hospital mine --format text | head -1
block  sealed  3e5c919d95e8d9318f63c30035285095bc10ac1227bfdb8883b0535e29b067ac
$ for place in home clinic; do cp hospital/mercy/blocks/* $place/ledger/blocks; $place rebuild-index | jq -c '[.type, .height]'; done
["index",2]
["index",2]

# She gets the keys of her records, seals them to the doctor, and signs the grant; the hospital takes both.
$ home request-access -k alice --capsules --custodian mercy | hospital release-record -k mercy |
>   home grant -k alice --to dr-bob --scope patient/Observation.rs - | hospital submit-tx | jq -c '[.type, .status]'
submit-tx: stored 1 capsule
["access.grant","pending"]
$ hospital mine --format text | head -1
block  sealed  5826fdb9ff77e9decfbc5bd9ef7865ea258709691e6b84016d8a25344162554c

# The doctor asks from the clinic's copy, the hospital releases, the clinic opens.
$ clinic request-access --patient $patient --scope patient/Observation.rs -k dr-bob |
>   hospital release-record -k mercy | clinic open-record -k dr-bob
{"resourceType":"Observation","id":"pulse"}
$ clinic request-access --patient $patient -k dr-bob | hospital release-record -k mercy --quiet | clinic open-record -k dr-bob -O records
open-record: error: record 53508d9b61998bdd was refused: no grant covers this record
open-record: wrote records/84749a8e70db6174222e9cfa5b41c8c562218b5af356c1b6dcb76d7d64b5f87c.0.json
[1]
$ cat records/*
{"resourceType":"Observation","id":"pulse"}

# Each has what is its own.
$ ls home/ledger clinic/ledger hospital/mercy
clinic/ledger:
blocks
index
lock

home/ledger:
blocks
index
lock

hospital/mercy:
blocks
genesis.yaml
index
lock
pending.lock
pending.log
vault
$ ls home/keys clinic/keys
clinic/keys:
dr-bob.pem

home/keys:
alice.pem
$ hospital mine --format text | head -1
block  sealed  407ebb9619897918e6f50dabebe60139df72c983d7422efc01050b531a47db0a
$ hospital verify-chain --vault --format text | tail -1
sound
