# Every decision about a patient's records: for her, for the custodian, for an auditor.
$ set -o pipefail
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice dr-bob eve; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
did:key:z6Mkoj75PjQ8jhfaAarqD8GxCz2M7md3QYy4MyGvQ3WN2F67
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
identity.enroll
$ echo '{"resourceType":"Observation"}' | put-record --patient alice -k mercy - > put
$ record=$(jq -r .id put)
$ mine --format text | head -1
block  sealed  3f9d9434f44becb46a6eda3664f48803f1be849a683111f80f0b6a1ab0c9a02f
$ request-access $record -k dr-bob | release-record -k mercy --quiet | open-record -k dr-bob 2>&1 | head -1
open-record: error: record b3e631a360f85bea was refused: the patient has granted nothing to the requester
[1]
$ request-access $record -k eve --purpose HMARKT | release-record -k mercy --quiet | open-record -k eve 2>&1 | head -1
open-record: error: record b3e631a360f85bea was refused: the patient has granted nothing to the requester
[1]
$ grant --to dr-bob --record $record -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  627411f6e43493852092fac69105ce762b83d5089f3a8252c2d9b1028ad3f006
$ request-access $record -k dr-bob | release-record -k mercy | open-record -k dr-bob
{"resourceType":"Observation"}
$ mine --format text | head -1
block  sealed  69c4a0ad7153fbf1748286e6aa49cc22836d818f71320f0ac633100eb11bb922
$ access-log --patient alice --format text
when                  decision  why       who                    purpose  record        custodian
2023-11-14T22:22:20Z  none      no-grant  dr-bob                 TREAT    b3e631a360f8  mercy
2023-11-14T22:23:20Z  none      no-grant  did:key:z6Mkoj75PjQ8…  HMARKT   b3e631a360f8  mercy
2023-11-14T22:26:20Z  permit    granted   dr-bob                 TREAT    b3e631a360f8  mercy
$ access-log --custodian mercy --denied --format text
when                  decision  why       who                    purpose  record        custodian
2023-11-14T22:22:20Z  none      no-grant  dr-bob                 TREAT    b3e631a360f8  mercy
2023-11-14T22:23:20Z  none      no-grant  did:key:z6Mkoj75PjQ8…  HMARKT   b3e631a360f8  mercy
$ access-log --requester dr-bob --since 2023-11-14T22:25:00Z | jq -c '{type, height, reason, data}'
{"type":"access.log","height":3,"reason":"a grant of the patient covers it","data":{"decision":"permit","reason":"granted","requester":"did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL","custodian":"did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL","patient":"did:key:z6Mkqk59t9T3tYKuGs4TcPCEGxpjmdRsuuJzMC5DWwCFm9Xy","record":"b3e631a360f85beabd65c5f38e12572881055eb7d0870a6d70f876dbc18df4e4.0","purpose":"TREAT","evidence":"f6c2fc00ed7afbabe72e76f326d00483e4a125a33b866851f5bdeca60b5ba53e.0","path":"provisions[0]","unfounded":null}}
$ access-log --purpose HMARKT --permitted
$ access-log --unfounded

# For machines: FHIR AuditEvents. For an individual who asks: an accounting of disclosures, without treatment and the like.
$ access-log --fhir | $EXAMPLES/../../tests/audit-events -
3 AuditEvents
$ access-log --fhir --patient alice | jq -c '.entry[0].resource | {type, recorded, outcome, outcomeDesc, purposeOfEvent}'
{"type":{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"110110","display":"Patient Record"},"recorded":"2023-11-14T22:22:20Z","outcome":"4","outcomeDesc":"the patient has granted nothing to the requester","purposeOfEvent":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"TREAT"}]}]}
$ access-log --fhir --denied --requester eve --until 2023-11-14T22:22:00Z | $EXAMPLES/../../tests/audit-events -
1 AuditEvents
$ access-log --accounting --patient alice
$ for who in agency registry; do keygen $who --quiet --format text; enroll-identity $who --role regulator -k mercy | jq -r .type; done
did:key:z6Mkqw198YG2EZL3M1iuYrsJbnrKSDpoc8pDp7JtDWZBGNT7
identity.enroll
did:key:z6MkmDuv2qkaoHBQRJ4zuSDmYXx7VZrV2NAeuP9EgWsiHX6C
identity.enroll
$ grant --to agency --to registry --scope patient/Observation.rs --purpose PUBHLTH -k alice | jq -r .type
access.grant
$ grant --to eve --scope patient/Observation.rs --purpose PUBHLTH --until 2024-01-01 -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  1f423a41db94f580384a90eeb42aac4fdbdbe5b3ef68081aa49a579b84b6d820
$ for who in agency agency registry eve agency; do request-access $record --purpose PUBHLTH -k $who | release-record -k mercy | open-record -k $who > /dev/null; done
$ access-log --accounting --patient alice --format text
first                 recipient  purpose  what         records  times  last                  custodian
2023-11-14T22:41:20Z  agency     PUBHLTH  Observation        1      3  2023-11-14T22:41:20Z  mercy
2023-11-14T22:41:20Z  registry   PUBHLTH  Observation        1      1  -                     mercy
$ echo '{"recipient":"agency","from":"2023-11-01","oral":true}' > statements
$ access-log --accounting --patient alice --suspensions statements | jq -c '.data | {name, purpose, types, records, count}'
{"name":"registry","purpose":"PUBHLTH","types":["Observation"],"records":1,"count":1}
$ echo '{"recipient":"agency","from":"2023-09-01","oral":true}' > statements
$ access-log --accounting --patient alice --suspensions statements | jq -c '.data | {name, count, first, last}'
{"name":"agency","count":3,"first":"2023-11-14T22:41:20Z","last":"2023-11-14T22:41:20Z"}
{"name":"registry","count":1,"first":"2023-11-14T22:41:20Z","last":"2023-11-14T22:41:20Z"}
$ echo '{"recipient":"agency","from":"2023-09-01"}' > statements
$ access-log --accounting --patient alice --suspensions statements
access-log: error: statements, line 1: a written statement says until when; an oral one counts for 30 days
access-log: hint: "until": "2027-01-31", or "oral": true
[2]
$ access-log --accounting
access-log: error: an accounting is of one patient's records
access-log: hint: --patient WHO
[2]
$ access-log --accounting --fhir
access-log: error: --fhir, --accounting and --overdue exclude one another
[2]
$ mine --format text | head -1
block  sealed  3c87028af7bf24949d8b7d08052a3eb30c1191ceb9796adc07ef4479a590a0d8

$ keygen zoe --format text
did:key:z6MkpnUBAJwn1REjWHhq6ncnSkvUUbvP4m2QXimGSZ4uBWuJ
$ access-log --patient zoe

# 1: there is nobody of that name. 2 and 3.
$ access-log --patient alicia
access-log: error: there is no key 'alicia' in ~/../keys
access-log: hint: did you mean alice?
[3]
$ access-log --custodian mercyy
access-log: error: there is nobody called 'mercyy': neither on the ledger nor among the key files
access-log: hint: did you mean 'mercy'?
[1]
$ access-log --record 00000000
access-log: error: there is no transaction '00000000' on this ledger
access-log: hint: carechain show-chain --transactions
[1]
$ access-log --since yesterday
access-log: error: --since: 'yesterday' is not a time
access-log: hint: write 2026-11-21, or 2026-11-21T07:45:00Z
[2]
$ access-log --purpose MARKETING 
access-log: error: --purpose: 'MARKETING' is none of TREAT,CLINTRL,COC,CAREMGT,ETREAT,BTG,ERTREAT,POPHLTH,HMARKT,HOPERAT,DONAT,FRAUD,GOV,HACCRED,HCOMPL,HDECD,HDIRECT,HDM,HLEGAL,HOUTCOMS,HPRGRP,HQUALIMP,HSYSADMIN,LABELING,METAMGT,MEMADMIN,MILCDM,PATADMIN,PATSFTY,PERFMSR,RECORDMGT,SYSDEV,TRAIN,HPAYMT,CLMATTCH,COVAUTH,COVERAGE,ELIGDTRM,ELIGVER,ENROLLM,REMITADV,HRESCH,BIORCH,CLINTRCH,CLINTRCHNPC,CLINTRCHPC,DISEASERCH,TRANSRCH,PATRQT,FAMRQT,PUBHLTH,DISASTER
[2]
$ access-log -L nowhere
access-log: error: there is no ledger in 'nowhere'
access-log: hint: carechain init-ledger --solo -L nowhere
[3]
