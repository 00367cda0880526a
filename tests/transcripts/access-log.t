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
block  sealed  686b5a124d3189c98fa75b49cd5661d0fae58df857875243a13f8e0c6acf0021
$ request-access $record -k dr-bob | release-record -k mercy --quiet | open-record -k dr-bob 2>&1 | head -1
open-record: error: record 632ce47d12d54c7c was refused: the patient has granted nothing to the requester
[1]
$ request-access $record -k eve --purpose HMARKT | release-record -k mercy --quiet | open-record -k eve 2>&1 | head -1
open-record: error: record 632ce47d12d54c7c was refused: the patient has granted nothing to the requester
[1]
$ grant --to dr-bob --record $record -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  4f5b810a2bc815087f9117ff2e2850f2edc9c0a0ed81abd23fb74b6247508334
$ request-access $record -k dr-bob | release-record -k mercy | open-record -k dr-bob
{"resourceType":"Observation"}
$ mine --format text | head -1
block  sealed  6ac3570a5e4aff29e941bf05199f6b9c95b8a1c1340ee2346316006b88f82022
$ access-log --patient alice --format text
when                  decision  why       who                    purpose  record        custodian
2023-11-14T22:22:20Z  deny      no-grant  dr-bob                 TREAT    632ce47d12d5  mercy
2023-11-14T22:23:20Z  deny      no-grant  did:key:z6Mkoj75PjQ8…  HMARKT   632ce47d12d5  mercy
2023-11-14T22:26:20Z  permit    granted   dr-bob                 TREAT    632ce47d12d5  mercy
$ access-log --custodian mercy --denied --format text
when                  decision  why       who                    purpose  record        custodian
2023-11-14T22:22:20Z  deny      no-grant  dr-bob                 TREAT    632ce47d12d5  mercy
2023-11-14T22:23:20Z  deny      no-grant  did:key:z6Mkoj75PjQ8…  HMARKT   632ce47d12d5  mercy
$ access-log --requester dr-bob --since 2023-11-14T22:25:00Z | jq -c '{type, height, reason, data}'
{"type":"access.log","height":3,"reason":"a grant of the patient covers it","data":{"decision":"permit","reason":"granted","requester":"did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL","custodian":"did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL","patient":"did:key:z6Mkqk59t9T3tYKuGs4TcPCEGxpjmdRsuuJzMC5DWwCFm9Xy","record":"632ce47d12d54c7cef5d06f1fdbd340f9ddde5ca6e5740e2b5aee7512cfbc12a.0","purpose":"TREAT","evidence":"32d76b4b13efa1bc3a759890eb87bef5fdc2baf1dab613828635e42827112faa.0","unfounded":null}}
$ access-log --purpose HMARKT --permitted
$ access-log --unfounded
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
