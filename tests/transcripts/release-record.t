# A custodian decides on each request by the patient's grants; every decision is on the chain.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ keygen alice --format text
$ keygen dr-bob --format text
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
$ echo '{"resourceType":"Observation","status":"final"}' | put-record --patient alice -k mercy - > put
$ record=$(jq -r .id put)
$ mine --format text | head -1
$ request-access $record -k dr-bob > request
$ release-record -k mercy < request > answer
$ jq -c '{type, reason, decision: .data.permit, why: .data.reason}' answer
$ list pending --format text

# Not a second time, not altered, not too late, not for somebody else.
$ release-record -k mercy --quiet < request | jq -c '[.status, .reason]'
$ request-access $record -k dr-bob > request
$ jq -c '.cose |= (.[:200] + (if .[200:201] == "A" then "B" else "A" end) + .[201:])' request | release-record -k mercy --quiet | jq -c '[.status, .reason]'
$ : one minute
$ : two
$ : three
$ : four
$ release-record -k mercy --quiet < request | jq -c '[.status, .reason]'
$ echo '{"type":"access.request","cose":"aGVsbG8"}' | release-record -k mercy --quiet | jq -c '[.status, .reason]'

# A grant counts once it is sealed; a revocation at once.
$ grant --to dr-bob --record $record -k alice > grant
$ request-access $record -k dr-bob | release-record -k mercy --quiet | jq -c '[.status, .reason]'
$ mine --format text | head -1
$ request-access $record -k dr-bob | release-record -k mercy > answer
$ head -1 answer | jq -c '{type, data: (.data | {permit, reason, media, bytes})}'
$ revoke --from dr-bob -k alice | jq -r .status
$ request-access $record -k dr-bob | release-record -k mercy --quiet | jq -c '[.status, .reason]'

# The decision is on the chain although nothing could be given.
$ rm mercy/vault/objects/*/*
$ request-access $record -k alice | release-record -k mercy | jq -c '[.data.permit, .reason]'
$ mine --format text | head -1
$ access-log --patient alice --format text
$ verify-chain --vault --format text | tail -2

# 1: an empty stdin, no request at all. 2 and 3.
$ release-record -k mercy < /dev/null
$ echo 'hello' | release-record -k mercy
$ release-record < request
$ release-record -k mercy -L nowhere < request
$ request-access $record -k dr-bob | release-record -k dr-bob
