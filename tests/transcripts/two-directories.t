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
block  sealed  3849fd45a07355faeb17be679958813c77b0d099c86a171385d57b374018b082

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
block  sealed  1a70d1bfbe5e7aeebef19f85104683e0b5f799039a935ab69e36bd08106f8419
$ for place in home clinic; do cp hospital/mercy/blocks/* $place/ledger/blocks; $place rebuild-index | jq -c '[.type, .height]'; done
["index",2]
["index",2]

# She gets the keys of her records, seals them to the doctor, and signs the grant; the hospital takes both.
$ home request-access -k alice --capsules --custodian mercy | hospital release-record -k mercy |
>   home grant -k alice --to dr-bob --scope patient/Observation.rs - | hospital submit-tx | jq -c '[.type, .status]'
submit-tx: stored 1 capsule
["access.grant","pending"]
$ hospital mine --format text | head -1
block  sealed  31b2d3c57c2e9f758bbb05f3135b1ffe42a0bfe6054d07b74c63206f912178f9

# The doctor asks from the clinic's copy, the hospital releases, the clinic opens.
$ clinic request-access --patient $patient --scope patient/Observation.rs -k dr-bob |
>   hospital release-record -k mercy | clinic open-record -k dr-bob
{"resourceType":"Observation","id":"pulse"}
$ clinic request-access --patient $patient -k dr-bob | hospital release-record -k mercy --quiet | clinic open-record -k dr-bob -O records
open-record: error: record 3e157f062a153592 was refused: no grant covers this record
open-record: wrote records/57c9a829d80483c0a8e2102d675e6412e6e8483e37db57673508ca749f0d00bd.0.json
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
block  sealed  12a734442e8ffd2db04d3d170a1d05a4d20816400ee3f718b4f857b9fbfbf1a1
$ hospital verify-chain --vault --format text | tail -1
sound
