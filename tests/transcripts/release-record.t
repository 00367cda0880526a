# A custodian decides on each request by the patient's grants; every decision is on the chain.
$ set -o pipefail
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ keygen alice --format text
did:key:z6MkmKcFjfdmFJtyc2dGSojy1Mcjnyx8XWxmM6WwxnHmpanu
$ keygen dr-bob --format text
did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
identity.enroll
$ echo '{"resourceType":"Observation","status":"final"}' | put-record --patient alice -k mercy - > put
$ record=$(jq -r .id put)
$ mine --format text | head -1
block  sealed  60148a197041ac447f028d55e95a9d0413be9f4345bbcda7c4a8ccc6de4ceb95
$ request-access $record -k dr-bob > request
$ release-record -k mercy < request > answer
release-record: 8a10a547fca58d5e: the patient has granted nothing to the requester
[1]
$ jq -c '{type, reason, decision: .data.decision, why: .data.reason}' answer
{"type":"access.release","reason":"the patient has granted nothing to the requester","decision":"none","why":"no-grant"}
$ list pending --format text
transaction   what           operations  signer
d42e6bc957b0  access.decide           1  did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL

# Not a second time, not altered, not too late, not for somebody else.
$ release-record -k mercy --quiet < request | jq -c '[.status, .reason]'
["pending","the request was answered before; each is good once"]
[1]
$ request-access $record -k dr-bob > request
$ jq -c '.cose |= (.[:200] + (if .[200:201] == "A" then "B" else "A" end) + .[201:])' request | release-record -k mercy --quiet | jq -c '[.status, .reason]'
["pending","the request's signature does not hold on this ledger"]
[1]
$ : one minute
$ : two
$ : three
$ : four
$ release-record -k mercy --quiet < request | jq -c '[.status, .reason]'
["pending","the request is too old, or the requester's clock is ahead"]
[1]
$ echo '{"type":"access.request","cose":"aGVsbG8"}' | release-record -k mercy --quiet | jq -c '[.status, .reason]'
["pending","the request is not one of ours"]
[1]

# A grant counts once it is sealed; a revocation at once.
$ grant --to dr-bob --record $record -k alice > grant
$ request-access $record -k dr-bob | release-record -k mercy --quiet | jq -c '[.status, .reason]'
["pending","the patient has granted nothing to the requester"]
[1]
$ mine --format text | head -1
block  sealed  75ad1349ba8b4dce4eb348eda3bb9cff0a8351b382a515bdb59d8962269f8c55
$ request-access $record -k dr-bob | release-record -k mercy > answer
$ head -1 answer | jq -c '{type, data: (.data | {decision, reason, media, bytes})}'
{"type":"access.release","data":{"decision":"permit","reason":"granted","media":"application/fhir+json","bytes":132}}
$ revoke --from dr-bob -k alice | jq -r .status
pending
$ request-access $record -k dr-bob | release-record -k mercy --quiet | jq -c '[.status, .reason]'
["pending","the patient has revoked the grant"]
[1]

# The decision is on the chain although nothing could be given.
$ rm mercy/vault/objects/*/*
$ request-access $record -k alice | release-record -k mercy | jq -c '[.data.decision, .reason]'
release-record: 8a10a547fca58d5e: its object is missing from the vault
["permit","its object is missing from the vault"]
[1]
$ mine --format text | head -1
block  sealed  3b02f9d431cab003f444dcb7ecf86eb8641caf90a66742784f47fb75bbaef2b9
$ access-log --patient alice --format text
when                  decision  why         who          purpose  record        custodian
2023-11-14T22:24:20Z  none      no-grant    dr-bob       TREAT    8a10a547fca5  mercy
2023-11-14T22:37:20Z  none      no-grant    dr-bob       TREAT    8a10a547fca5  mercy
2023-11-14T22:39:20Z  permit    granted     dr-bob       TREAT    8a10a547fca5  mercy
2023-11-14T22:42:20Z  none      revoked     dr-bob       TREAT    8a10a547fca5  mercy
2023-11-14T22:44:20Z  permit    own-record  the patient  TREAT    8a10a547fca5  mercy
$ verify-chain --vault --format text | tail -2 | cut -c 1-60
FAULT       block 1 (8a10a547fca58d5edf1fb0311d3d6125ba3e988
faulty
[1]

# 1: an empty stdin, no request at all. 2 and 3.
$ release-record -k mercy < /dev/null
release-record: error: there is no request on stdin
release-record: hint: request-access … | release-record …
[1]
$ echo 'hello' | release-record -k mercy
release-record: error: line 1: this is not JSON
release-record: hint: give lines as our programs print them
[1]
$ release-record < request
release-record: error: --key is required
release-record: hint: give --key, or set CARECHAIN_KEY
[2]
$ release-record -k mercy -L nowhere < request
release-record: error: there is no ledger in 'nowhere'
release-record: hint: carechain init-ledger --solo -L nowhere
[3]
$ request-access $record -k dr-bob | release-record -k alice
release-record: error: the key did:key:z6MkmKcFjfdmFJtyc2dGSojy1Mcjnyx8XWxmM6WwxnHmpanu is not that of an enrolled custodian
[1]
