# Every decision about a patient's records: for her, for the custodian, for an auditor.
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
block  sealed  4c550526177cdc15227e93a3b279b84c688c133a3dc760c8a313d161ec3bb0d4
$ request-access $record -k dr-bob | release-record -k mercy --quiet | open-record -k dr-bob 2>&1 | head -1
open-record: error: record 19ba8b6ff2e6dfba was refused: the patient has granted nothing to the requester
$ request-access $record -k eve --purpose HMARKT | release-record -k mercy --quiet | open-record -k eve 2>&1 | head -1
open-record: error: record 19ba8b6ff2e6dfba was refused: the patient has granted nothing to the requester
$ grant --to dr-bob --record $record -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  1c49fa8a8729861db174cf8bc88b74bf392d0eced28cbd85e0a85d95884e44de
$ request-access $record -k dr-bob | release-record -k mercy | open-record -k dr-bob
{"resourceType":"Observation"}
$ mine --format text | head -1
block  sealed  6e830067cd5e81b8426ac92ce32d05125753cabb3b7dd77dc341e9d0763aeaad
$ access-log --patient alice --format text
when                  decision  why       who                    purpose  record        custodian
2023-11-14T22:21:20Z  deny      no-grant  dr-bob                 TREAT    19ba8b6ff2e6  mercy
2023-11-14T22:22:20Z  deny      no-grant  did:key:z6Mkoj75PjQ8…  HMARKT   19ba8b6ff2e6  mercy
2023-11-14T22:25:20Z  permit    granted   dr-bob                 TREAT    19ba8b6ff2e6  mercy
$ access-log --custodian mercy --denied --format text
when                  decision  why       who                    purpose  record        custodian
2023-11-14T22:21:20Z  deny      no-grant  dr-bob                 TREAT    19ba8b6ff2e6  mercy
2023-11-14T22:22:20Z  deny      no-grant  did:key:z6Mkoj75PjQ8…  HMARKT   19ba8b6ff2e6  mercy
$ access-log --requester dr-bob --since 2023-11-14T22:25:00Z | jq -c '{type, height, reason, data}'
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
$ access-log -L nowhere
access-log: error: there is no ledger in 'nowhere'
access-log: hint: carechain init-ledger --solo -L nowhere
[3]
