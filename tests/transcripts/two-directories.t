# Two places that share nothing but a pipe (ssh, say): a patient with her keys and a copy of the chain at home, and a
# hospital with its own keys, ledger and vault.
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
block  sealed  440f8881b3e4fa1815d5af43ba9c3419afd1a2e376e7ae228746141b4a442896

# A copy of the chain: the blocks are enough, the index is made from them.
$ for place in home clinic; do mkdir -p $place/ledger; cp -r hospital/mercy/blocks $place/ledger; $place rebuild-index | jq -c '[.type, .height]'; done
{"v":1,"type":"index","id":null,"ids":[],"tx":null,"status":null,"height":1,"block":"440f8881b3e4fa1815d5af43ba9c3419afd1a2e376e7ae228746141b4a442896","time":"2023-11-14T22:21:20Z","signer":null,"ledger":"6656e55ead46ef2d5287241863b674ade1baa9f120f477f04da7364554d9d8c3","reason":null,"data":{"blocks":2,"transactions":1},"cose":null}
{"v":1,"type":"index","id":null,"ids":[],"tx":null,"status":null,"height":1,"block":"440f8881b3e4fa1815d5af43ba9c3419afd1a2e376e7ae228746141b4a442896","time":"2023-11-14T22:21:20Z","signer":null,"ledger":"6656e55ead46ef2d5287241863b674ade1baa9f120f477f04da7364554d9d8c3","reason":null,"data":{"blocks":2,"transactions":1},"cose":null}

# The hospital knows the patient by the account she shows to it, and stores two records of hers.
$ home keygen alice --format text
did:key:z6MkmKcFjfdmFJtyc2dGSojy1Mcjnyx8XWxmM6WwxnHmpanu
$ patient=$(home keygen --derive alice --for mercy --format text)
$ echo '{"resourceType":"Observation","id":"pulse"}' | hospital put-record --patient $patient -k mercy - | jq -r .type
record.put
$ echo '{"resourceType":"Condition","id":"sinusitis"}' | hospital put-record --patient $patient -k mercy - | jq -r .type
record.put
$ hospital mine --format text | head -1
block  sealed  498ccbbecfdce72fbf5f6cbe65c27be3d127ecc28e457edf044b87795f9630b7
$ for place in home clinic; do cp hospital/mercy/blocks/* $place/ledger/blocks; $place rebuild-index | jq -c '[.type, .height]'; done
{"v":1,"type":"index","id":null,"ids":[],"tx":null,"status":null,"height":2,"block":"498ccbbecfdce72fbf5f6cbe65c27be3d127ecc28e457edf044b87795f9630b7","time":"2023-11-14T22:27:20Z","signer":null,"ledger":"6656e55ead46ef2d5287241863b674ade1baa9f120f477f04da7364554d9d8c3","reason":null,"data":{"blocks":3,"transactions":3},"cose":null}
{"v":1,"type":"index","id":null,"ids":[],"tx":null,"status":null,"height":2,"block":"498ccbbecfdce72fbf5f6cbe65c27be3d127ecc28e457edf044b87795f9630b7","time":"2023-11-14T22:27:20Z","signer":null,"ledger":"6656e55ead46ef2d5287241863b674ade1baa9f120f477f04da7364554d9d8c3","reason":null,"data":{"blocks":3,"transactions":3},"cose":null}

# She gets the keys of her records, seals them to the doctor, and signs the grant; the hospital takes both.
$ home request-access -k alice --capsules --custodian mercy | hospital release-record -k mercy |
>   home grant -k alice --to dr-bob --scope patient/Observation.rs - | hospital submit-tx | jq -c '[.type, .status]'
submit-tx: stored 2 capsules
["access.grant","pending"]
$ hospital mine --format text | head -1
block  sealed  4760021bfa49832f927de1906edeb168cc57fc8a6c72b576cbe6d5d063f9d5e9

# The doctor asks from the clinic's copy, the hospital releases, the clinic opens.
$ clinic request-access --patient $patient --scope patient/Observation.rs -k dr-bob |
>   hospital release-record -k mercy | clinic open-record -k dr-bob
{"resourceType":"Observation","id":"pulse"}
$ clinic request-access --patient $patient -k dr-bob | hospital release-record -k mercy --quiet | clinic open-record -k dr-bob -O records
open-record: error: record 14cf8cac8c4d7818 was refused: no grant covers this record
open-record: wrote records/a119ee39fca51c281e5a54ddca6089a5cd39add8a07b5769863432b9c335bfa2.0.json
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
block  sealed  30c8c2ce3007e464ff4ef83ffdd84348c3340f2cecde513481eba64f2552018b
$ hospital verify-chain --vault --format text | tail -1
sound
