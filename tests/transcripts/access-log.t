# Every decision about a patient's records: for her, for the custodian, for an auditor.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ for name in alice dr-bob eve; do keygen $name --quiet --format text; done
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
$ echo '{"resourceType":"Observation"}' | put-record --patient alice -k mercy - > put
$ record=$(jq -r .id put)
$ mine --format text | head -1
$ request-access $record -k dr-bob | release-record -k mercy --quiet | open-record -k dr-bob 2>&1 | head -1
$ request-access $record -k eve --purpose HMARKT | release-record -k mercy --quiet | open-record -k eve 2>&1 | head -1
$ grant --to dr-bob --record $record -k alice | jq -r .type
$ mine --format text | head -1
$ request-access $record -k dr-bob | release-record -k mercy | open-record -k dr-bob
$ mine --format text | head -1
$ access-log --patient alice --format text
$ access-log --custodian mercy --denied --format text
$ access-log --requester dr-bob --since 2023-11-14T22:26:00Z | jq -c '{type, height, reason, data}'
$ access-log --purpose HMARKT --permitted
$ access-log --unfounded
$ keygen zoe --format text
$ access-log --patient zoe

# 1: there is nobody of that name. 2 and 3.
$ access-log --patient alicia
$ access-log --custodian mercyy
$ access-log --record 00000000
$ access-log --since yesterday
$ access-log --purpose MARKETING 2>&1 | tail -1
$ access-log -L nowhere
