# A signed request for a record, good for a few minutes, once.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ keygen alice --format text
$ keygen dr-bob --format text
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
$ echo '{"resourceType":"Observation","status":"final"}' | put-record --patient alice -k mercy - > put
$ record=$(jq -r .id put)
$ mine --format text | head -1
$ request-access $record -k dr-bob | tee request | jq -c '{type, data}'
$ request-access ${record:0:8} --purpose HRESCH -k dr-bob | jq -c '.data | {records, purpose}'

# All of a patient's records, of one type; and by herself, who needs no grant.
$ request-access --patient "$(keygen --derive alice --for mercy --format text)" --scope patient/Observation.rs -k dr-bob | jq -c '.data | {records, patient, type}'
$ request-access --patient alice -k alice | release-record -k mercy | open-record -k alice
$ request-access --patient alice --capsules -k alice | jq -c '.data | {patient, capsules_only}'

# The chain says: 1.
$ request-access 00000000 -k dr-bob
$ keygen eve --format text
$ request-access --patient eve -k eve

# The command line makes no sense: 2. Could not find out: 3.
$ request-access -k dr-bob
$ request-access $record --purpose TREATMENT -k dr-bob 2>&1 | tail -1
$ request-access $record
$ request-access $record -k dr-bobb
$ request-access $record -k dr-bob -L nowhere
