# Emergency: a clinician reads with a reason what no grant opens, and somebody else reviews it.
$ set -o pipefail
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice dr-bob officer clerk; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
did:key:z6MkjRchh3T5FdZJBiieBYT22VP9vxJKPUcdfj27h5sDivVa
did:key:z6MksBAxCukf2QKjHTteHSHNhGHaC8feb765cttDRFUTLeq8
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
identity.enroll
$ enroll-identity officer --role privacy-officer -k mercy | jq -r .type
identity.enroll
$ enroll-identity clerk --role clerk -k mercy | jq -r .type
identity.enroll
$ echo '{"resourceType":"AllergyIntolerance"}' | put-record --patient alice -k mercy - > put
$ record=$(jq -r .id put)
$ grant --to dr-bob --deny --scope 'patient/*.rs' -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  2cba2494e8e3f4adca27955a82bf64a68549b861f29f257c10ff933481ef2824

# Without a reason, for treatment, or without a clinician's credential: no.
$ explain-access --as dr-bob --record $record --purpose ETREAT --format text
access.explanation
  reason    nothing permits it; a clinician may read in an emergency, with a reason
  height    1
  time      2023-11-14T22:25:20Z
  ledger    3c462f96c0ca78039d809c05e06327f151dc7f3b0b1cef350fcb696a1e75926b
  decision  deny
  reason    reason-missing
  evidence  6da4d09eee81b90822114419208a9f1f610868add510ada98e3964ca7b44a290.0
  path      provisions[0]
  changes   in an emergency: request-access 850a033e0b56f3be6928b901aa3050dcb9931dd2fcffcb59f0e8a0b64cb2e470.0 --purpose ETREAT --reason TEXT, which will be reviewed
[1]
$ request-access $record --purpose ETREAT -k dr-bob | release-record -k mercy --quiet | open-record -k dr-bob
open-record: error: record 850a033e0b56f3be was refused: nothing permits it; a clinician may read in an emergency, with a reason
[1]
$ request-access $record --purpose TREAT --reason 'curious' -k dr-bob
request-access: error: a reason is stated for emergencies
request-access: hint: --purpose ETREAT
[2]
$ request-access $record --purpose ETREAT --reason 'unconscious' -k clerk | release-record -k mercy --quiet | open-record -k clerk
open-record: error: record 850a033e0b56f3be was refused: the patient has granted nothing to the requester
open-record: hint: the patient can allow it: grant --to did:key:z6MksBAxCukf2QKjHTteHSHNhGHaC8feb765cttDRFUTLeq8 --record 850a033e0b56f3be6928b901aa3050dcb9931dd2fcffcb59f0e8a0b64cb2e470.0 --purpose ETREAT
[1]
$ request-access $record --purpose ETREAT --reason 'unconscious' -k dr-bob | tail -1 | release-record -k mercy --quiet | open-record -k dr-bob
open-record: error: request was refused: the reason for the emergency did not come with the request
[1]

# With a reason. It travels sealed, and the chain gets a keyed digest.
$ request-access $record --purpose ETREAT --reason 'unconscious after a fall' -k dr-bob | tee asked | release-record -k mercy | open-record -k dr-bob
{"resourceType":"AllergyIntolerance"}
$ jq -r .type asked
access.reason
access.request
$ mine --format text | head -1
block  sealed  860d35bb0bd19b61fe9d31234dbf755e23ef196320a369d766d39ff1436094b2
$ grep -rl 'after a fall' asked mercy | wc -l
0
[1]
$ access-log --patient alice --format text
when                  decision  why             who     purpose  record        custodian
2023-11-14T22:30:20Z  permit    emergency       dr-bob  ETREAT   850a033e0b56  mercy      EMERGENCY: review due 2023-11-17T22:30:20Z
2023-11-14T22:26:20Z  deny      reason-missing  dr-bob  ETREAT   850a033e0b56  mercy
2023-11-14T22:28:20Z  none      no-grant        clerk   ETREAT   850a033e0b56  mercy
$ decision=$(access-log --patient alice --permitted | jq -r .id)

# The emergency goes on for a day without another reason.
$ request-access $record --purpose BTG -k dr-bob | release-record -k mercy | open-record -k dr-bob
{"resourceType":"AllergyIntolerance"}
$ explain-access --as dr-bob --record $record --purpose ETREAT --at 2023-11-15T22:00:00Z | jq -r .data.reason
emergency
$ explain-access --as dr-bob --record $record --purpose ETREAT --at 2023-11-15T23:00:00Z | jq -r .data.reason
reason-missing
[1]

# The review.
$ access-log --overdue
$ review-access $decision --show --format text
review-access: the reason stated: unconscious after a fall
access.emergency  sealed  5e2ed3f4334df75ac9fcae3a37231e8b8e29ae466f07d0b29d7b56f6ad2c4df1.0
  reason     review due 2023-11-17T22:30:20Z
  time       2023-11-14T22:30:20Z
  signer     did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
  ledger     3c462f96c0ca78039d809c05e06327f151dc7f3b0b1cef350fcb696a1e75926b
  custodian  did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
  requester  did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
  patients   did:key:z6Mkqk59t9T3tYKuGs4TcPCEGxpjmdRsuuJzMC5DWwCFm9Xy
  purpose    ETREAT
  reason     b622777f3a2eeb5a13cbcb1e492fca1b64c34594a98ce538b56b9aeea72002f8
  opened     2023-11-14T22:30:20Z
  expires    2023-11-15T22:30:20Z
  due        2023-11-17T22:30:20Z
  height     2
$ review-access $decision --finding justified -k dr-bob
review-access: the reason stated: unconscious after a fall
review-access: error: who broke the glass can't review it
[1]
$ review-access $decision --finding justified -k clerk
review-access: the reason stated: unconscious after a fall
review-access: error: an emergency is reviewed by its custodian, or by a privacy-officer whom the custodian enrolled
[1]
$ review-access $decision --finding justified -k officer | jq -c '{type, status, data}'
review-access: the reason stated: unconscious after a fall
{"type":"access.review","status":"pending","data":{"decision":"5e2ed3f4334df75ac9fcae3a37231e8b8e29ae466f07d0b29d7b56f6ad2c4df1.0","finding":"justified"}}
$ mine --format text | head -1
block  sealed  1b5f1fad00ec169afd98500118e7f67a2b1b6a731393955f1b7abf8742db25bc
$ review-access $decision --finding unjustified -k mercy
review-access: the reason stated: unconscious after a fall
review-access: error: it was reviewed already, at block 3
[1]
$ access-log --patient alice --permitted --format text
when                  decision  why        who     purpose  record        custodian
2023-11-14T22:30:20Z  permit    emergency  dr-bob  ETREAT   850a033e0b56  mercy      EMERGENCY: reviewed: justified
2023-11-14T22:36:20Z  permit    emergency  dr-bob  BTG      850a033e0b56  mercy      EMERGENCY: reviewed: justified
$ access-log --patient alice --fhir | jq -c '.entry[].resource | [.outcome, (.subtype | map(.code))]'
["4",["read"]]
["4",["read"]]
["0",["read","110127"]]
["0",["read","110127"]]

# 1, 2 and 3.
$ review-access $record --finding justified -k officer
review-access: error: '850a033e0b56f3be6928b901aa3050dcb9931dd2fcffcb59f0e8a0b64cb2e470.0' opened no emergency
review-access: hint: access-log --overdue shows what waits for review
[1]
$ review-access $decision -k officer
review-access: error: say what was found, or look at it first
review-access: hint: --finding justified, --finding unjustified, or --show
[2]
$ review-access $decision --finding perhaps -k officer
review-access: error: --finding: 'perhaps' is none of justified,unjustified
[2]
$ review-access $decision --finding justified
review-access: error: a key is missing: who signs the finding?
review-access: hint: -k NAME, or CARECHAIN_KEY
[2]
$ review-access $decision --show -L nowhere
review-access: error: there is no ledger in 'nowhere'
review-access: hint: carechain init-ledger --solo -L nowhere
[3]

# How long an emergency lasts, how long its review may wait, and whether there is any: the constitution says it.
$ keygen south --quiet --format text
did:key:z6MkiwdwmxTMR6LLrNrSQRziQXqrLnWo4G9fTr1m6H3McbmK
$ printf '%s\n' 'name: south' 'sealers: [south]' 'members: [{name: south, key: south, roles: [hospital]}]' 'consensus: {spacing: 60, half_life: 3600, target: "0x207fffff"}' 'defaults: {emergency_seconds: 120, review_seconds: 180}' > south.yaml
$ init-ledger south.yaml -L south --quiet | jq -r .type
ledger
$ export CARECHAIN_LEDGER=south
$ enroll-identity dr-bob --role clinician -k south | jq -r .type
identity.enroll
$ echo '{"resourceType":"Condition"}' | put-record --patient alice -k south - | jq -r .id > record
$ mine --format text | head -1
block  sealed  0707bc1554153b91d0be0612627a0a821a7401f6580f19eec37f700bc34ec9a6
$ request-access $(cat record) --purpose ETREAT --reason 'seizure' -k dr-bob | release-record -k south | open-record -k dr-bob
{"resourceType":"Condition"}
$ mine --format text | head -1
block  sealed  3176f27432633dc7ea72dcaf150146a4caf3399700e0657088620c4efa562898
$ access-log --overdue
$ explain-access --as dr-bob --record $(cat record) --purpose ETREAT | jq -r .data.reason
reason-missing
[1]
$ access-log --overdue --custodian south | jq -c '[.reason, .data.purpose, .data.finding]'
["review OVERDUE since 2023-11-14T23:03:20Z","ETREAT",null]
[1]
$ access-log --overdue --patient alice --format text | head -2
access.emergency  sealed  f808d816157e830260cd17e3f629e5d7495a5468a11577c745a5032cfb0dcb31.0
  reason     review OVERDUE since 2023-11-14T23:03:20Z
[1]
$ review-access $(access-log --permitted | jq -r .id) --finding unjustified -k south --quiet | jq -r .status
pending
$ access-log --overdue
$ sed 's/120/0/' south.yaml > none.yaml
$ init-ledger none.yaml -L none --quiet | jq -r .type
ledger
$ enroll-identity dr-bob --role clinician -k south -L none | jq -r .type
identity.enroll
$ echo '{"resourceType":"Condition"}' | put-record --patient alice -k south -L none - | jq -r .id > record
$ mine -k south -L none --format text | head -1
block  sealed  7303dbbd5d4db874dd8ca319e802fb6a613f4951420bc9077a0a868e8d258eba
$ request-access $(cat record) --purpose ETREAT --reason 'seizure' -k dr-bob -L none | release-record -k south -L none --quiet | open-record -k dr-bob -L none 2>&1 | head -1
open-record: error: record 42610ae433439463 was refused: the patient has granted nothing to the requester
[1]
$ list capsules -L none | wc -l
1
