# A custodian decides on each request by the patient's grants; every decision is on the chain.
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
block  sealed  1d71abeb8505745cd37b26c2750c86f44b771d78738869596c85d1a86e76f159
$ request-access $record -k dr-bob > request
$ release-record -k mercy < request > answer
release-record: 60b9bc11ff9f5487: the patient has granted nothing to the requester
[1]
$ jq -c '{type, reason, decision: .data.decision, why: .data.reason}' answer
{"type":"access.release","reason":"the patient has granted nothing to the requester","decision":null,"why":"no-grant"}
$ list pending --format text
transaction   what           operations  signer
7c15e5c383f9  access.decide           1  did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL

# Not a second time, not altered, not too late, not for somebody else.
$ release-record -k mercy --quiet < request | jq -c '[.status, .reason]'
["pending","the request was answered before; each is good once"]
$ request-access $record -k dr-bob > request
$ jq -c '.cose |= (.[:200] + (if .[200:201] == "A" then "B" else "A" end) + .[201:])' request | release-record -k mercy --quiet | jq -c '[.status, .reason]'
["pending","the request's signature does not hold on this ledger"]
$ : one minute
$ : two
$ : three
$ : four
$ release-record -k mercy --quiet < request | jq -c '[.status, .reason]'
["pending","the request is too old, or the requester's clock is ahead"]
$ echo '{"type":"access.request","cose":"aGVsbG8"}' | release-record -k mercy --quiet | jq -c '[.status, .reason]'
["pending","the request is not one of ours"]

# A grant counts once it is sealed; a revocation at once.
$ grant --to dr-bob --record $record -k alice > grant
$ request-access $record -k dr-bob | release-record -k mercy --quiet | jq -c '[.status, .reason]'
["pending","the patient has granted nothing to the requester"]
$ mine --format text | head -1
block  sealed  507d88b9cc409f97caf5f4502d79fa32218ec33b4dd1f30d67a95e27cc869df6
$ request-access $record -k dr-bob | release-record -k mercy > answer
$ head -1 answer | jq -c '{type, data: (.data | {decision, reason, media, bytes})}'
{"type":"access.release","data":{"permit":null,"reason":"granted","media":"application/fhir+json","bytes":132}}
$ revoke --from dr-bob -k alice | jq -r .status
pending
$ request-access $record -k dr-bob | release-record -k mercy --quiet | jq -c '[.status, .reason]'
["pending","the patient has revoked the grant"]

# The decision is on the chain although nothing could be given.
$ rm mercy/vault/objects/*/*
$ request-access $record -k alice | release-record -k mercy | jq -c '[.data.decision, .reason]'
release-record: 60b9bc11ff9f5487: its object is missing from the vault
[null,"its object is missing from the vault"]
$ mine --format text | head -1
block  sealed  85e70505c8e0ab964f2723c5fcdd93d1421d18aafb44400a99e4eea9412eefee
$ access-log --patient alice --format text
when                  decision  why         who                    purpose  record        custodian
2023-11-14T22:23:20Z  deny      no-grant    dr-bob                 TREAT    60b9bc11ff9f  mercy
2023-11-14T22:36:20Z  deny      no-grant    dr-bob                 TREAT    60b9bc11ff9f  mercy
2023-11-14T22:38:20Z  permit    granted     dr-bob                 TREAT    60b9bc11ff9f  mercy
2023-11-14T22:41:20Z  deny      revoked     dr-bob                 TREAT    60b9bc11ff9f  mercy
2023-11-14T22:43:20Z  permit    own-record  did:key:z6MkfS3aqNM6…  TREAT    60b9bc11ff9f  mercy
$ verify-chain --vault --format text | tail -2
FAULT       block 1, segment 0, byte 0 (60b9bc11ff9f548790eb97428942b223e061257d19f296587dbe716ca33ffc46): vault: record 60b9bc11ff9f548790eb97428942b223e061257d19f296587dbe716ca33ffc46.0: its object is missing from the vault
faulty

# 1: an empty stdin, no request at all. 2 and 3.
$ release-record -k mercy < /dev/null
release-record: error: there is no request on stdin
release-record: hint: request-access … | release-record …
[1]
$ echo 'hello' | release-record -k mercy
release-record: error: line 1, column 1: syntax error while parsing value - invalid literal
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
release-record: request refused: the request is addressed to another custodian
{"v":1,"type":"access.release","id":"43c3c670f8e138a83592005382be346b7a0bbfcebba07e26d69059bbc3280743.0","ids":["43c3c670f8e138a83592005382be346b7a0bbfcebba07e26d69059bbc3280743.0"],"tx":"43c3c670f8e138a83592005382be346b7a0bbfcebba07e26d69059bbc3280743","status":"pending","height":null,"block":null,"time":"2023-11-14T22:51:20Z","signer":"did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S","ledger":"4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040","reason":"the request is addressed to another custodian","data":{"decision":"deny","reason":"misaddressed","record":null,"evidence":null,"types":[],"media":null,"bytes":0},"cose":"hFgmogEnBFggpl4CarEjzQYq24lJZ9Y7JMe-vFFYGRBmrpX-V2zomZGgWQGAqGR0aW1lGmVT-ehlYnl0ZXMAZXR5cGVzgGZwZXJtaXT0ZnJlYXNvbmxtaXNhZGRyZXNzZWRncmVxdWVzdFkBCIRYJqIBJwRYIKZeAmqxI80GKtuJSWfWOyTHvrxRWBkQZq6V_lds6JmRoFiapmR0aW1lGmVT-ehlbm9uY2VQngtgTUpFLeQPVedmmewJvWdwdXJwb3NlZVRSRUFUZ3JlY29yZHOBWCRgubwR_59Uh5Drl0KJQrIj4GElfRnyllh9vnFsoz_8RgAAAABpY3VzdG9kaWFuWCDS1oCwFep4nmaaoP8Ng_4N_ERd4ZneXXIIEXIoyIxQeW1jYXBzdWxlc19vbmx59FhAXcgw_NLYzAnIAMX0vBmeUY-IPiflDZtEqV5Ozvx13Z7MJkzMYWlO0DRQ9RMmvuDcTK2itrAGd5OgZHCAz6kDDmd2ZXJzaW9uAWhkZWNpc2lvblgkQ8PGcPjhOKg1kgBTgr40a3oLv867oH4m1pBZu8MoB0MAAAAAWEBEtPhRknjU4qfQ9tjIrQiQCHUOkx17-F_xFyMSYj3chM0WBvNlS9630qLTEBSdny5biy-wkirdwOQI52W397QL"}
[1]
