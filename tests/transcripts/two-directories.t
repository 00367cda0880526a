# Two places that share nothing but a pipe (ssh, say): a patient with her keys and a copy of the chain at home, and a
# hospital with its own keys, ledger and vault.
$ home() { CARECHAIN_KEYS=home/keys CARECHAIN_LEDGER=home/ledger "$@"; }
$ hospital() { CARECHAIN_KEYS=hospital/keys CARECHAIN_LEDGER=hospital/mercy "$@"; }
$ clinic() { CARECHAIN_KEYS=clinic/keys CARECHAIN_LEDGER=clinic/ledger "$@"; }
$ hospital init-ledger --solo --quiet | jq -r .type
$ clinic keygen dr-bob --format text
$ hospital enroll-identity $(clinic keygen --show dr-bob --format text) --name dr-bob --role clinician -k mercy | jq -r .type
$ hospital mine --format text | head -1

# A copy of the chain: the blocks are enough, the index is made from them.
$ for place in home clinic; do mkdir -p $place/ledger; cp -r hospital/mercy/blocks $place/ledger; $place rebuild-index; done

# The hospital knows the patient by the account she shows to it, and stores two records of hers.
$ home keygen alice --format text
$ patient=$(home keygen --derive alice --for mercy --format text)
$ echo '{"resourceType":"Observation","id":"pulse"}' | hospital put-record --patient $patient -k mercy - | jq -r .type
$ echo '{"resourceType":"Condition","id":"sinusitis"}' | hospital put-record --patient $patient -k mercy - | jq -r .type
$ hospital mine --format text | head -1
$ for place in home clinic; do cp hospital/mercy/blocks/* $place/ledger/blocks; $place rebuild-index; done

# She gets the keys of her records, seals them to the doctor, and signs the grant; the hospital takes both.
$ home request-access -k alice --capsules --custodian mercy | hospital release-record -k mercy |
>   home grant -k alice --to dr-bob --scope patient/Observation.rs - | hospital submit-tx | jq -c '[.type, .status]'
$ hospital mine --format text | head -1

# The doctor asks from the clinic's copy, the hospital releases, the clinic opens.
$ clinic request-access --patient $patient --scope patient/Observation.rs -k dr-bob |
>   hospital release-record -k mercy | clinic open-record -k dr-bob
$ clinic request-access --patient $patient -k dr-bob | hospital release-record -k mercy --quiet | clinic open-record -k dr-bob -O records
$ cat records/*

# Each has what is its own.
$ ls home/ledger clinic/ledger hospital/mercy
$ ls home/keys clinic/keys
$ hospital mine --format text | head -1
$ hospital verify-chain --vault --format text | tail -1
