# Would it be permitted, and why? Without a key, without asking, without a trace.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice dr-bob payer; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
did:key:z6MkvgBejoCscvU14iftwzSQVBsFxR2w8Wku6tfKWM7BRTJv
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
identity.enroll
$ enroll-identity payer --role payer -k mercy | jq -r .type
identity.enroll
$ echo '{"resourceType":"Observation","category":[{"coding":[{"system":"http://hl7.org/fhir/observation-category","code":"laboratory"}]}]}' | put-record --patient alice -k mercy - > put
$ record=$(jq -r .id put)
$ mine --format text | head -1
block  sealed  5e03c1b34fb2a88bfeae484fd9e66b968a628d789167553a531b65d577f17cd3
$ explain-access --as dr-bob --record $record --format text
access.explanation
  reason    the patient has granted nothing to the requester
  height    1
  time      2023-11-14T22:22:20Z
  ledger    4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
  decision  none
  reason    no-grant
  evidence  null
  path      null
  changes   the patient allows it: grant --to did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL --record dec55ec851212427d9231fea7330417e2da1fcfc691f0cc56a1fd1c4a587fbf9.0 --purpose TREAT in an emergency: request-access dec55ec851212427d9231fea7330417e2da1fcfc691f0cc56a1fd1c4a587fbf9.0 --purpose ETREAT --reason TEXT, which will be reviewed
[1]
$ explain-access --as alice --record $record | jq -c '[.reason, .data.decision]'
["the patient reads her own record","permit"]
$ grant --to dr-bob --scope 'patient/Observation.rs?category=laboratory' --scope patient/Condition.rs -k alice | jq -c .data
{"provisions":[{"effect":"permit","actors":[{"account":"did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL"}],"types":["Condition"],"purposes":["TREAT"],"provisions":[]},{"effect":"permit","actors":[{"account":"did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL"}],"types":["Observation"],"codes":["laboratory"],"purposes":["TREAT"],"provisions":[]}]}
$ explain-access --as dr-bob --record $record | jq -c '[.data.decision, .data.reason]'
["none","no-grant"]
$ mine --format text | head -1
block  sealed  0be7a35662d5a8efdfa7595405de9b9887dfa87ccf8880231a0161be1c414a41
$ explain-access --as dr-bob --record $record | jq -c '[.data.decision, .data.path, .data.changes]'
["permit","provisions[1]",[]]
$ explain-access --as dr-bob --record $record --purpose HRESCH | jq -c '[.data.decision, .data.reason]'
["none","purpose-not-covered"]

# Other purposes than treatment need a grant that names the data.
$ grant --to payer --scope 'patient/*.rs' --purpose HPAYMT -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  45933b7ea00c0457c45e776fb5bf6d9e2a8ade8aac463efab54b382ace694c80
$ explain-access --as payer --record $record --purpose HPAYMT | jq -c '[.data.decision, .reason]'
["deny","for this purpose a grant has to name the data: only what is necessary may be given"]
$ grant --to payer --scope 'patient/Observation.rs' --purpose HPAYMT -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  0a27a12bb4556f4e98614bae82af1de7cb5067b979fb4bbc918130acd5b7bd76
$ explain-access --as payer --record $record --purpose HPAYMT | jq -c '[.data.decision, .data.reason]'
["permit","granted"]
$ request-access --patient $(keygen --derive alice --for mercy --format text) --purpose HPAYMT -k payer | release-record -k mercy --quiet | open-record -k payer
open-record: error: record dec55ec851212427 was refused: for this purpose a request has to name records or a type: only what is necessary may be given
[1]

# What forbids wins; a pending revocation counts at once; the past stays as it was.
$ grant --to dr-bob --deny --record $record -k alice | jq -c .data.provisions[0].effect
"deny"
$ mine --format text | head -1
block  sealed  1160b5a1abd2a177cdef685834c7f82529c3cb97ce929f9a297809ea91e5e311
$ explain-access --as dr-bob --record $record | jq -c '[.data.decision, .reason, .data.changes]'
["deny","a rule of the patient forbids it",["the patient ends the rule that forbids it: revoke 48b3c81c84f95b4c9ea7fc87e0354c4f3bdc08259bbe5b1d4a9d8cde27e90138.0","in an emergency: request-access dec55ec851212427d9231fea7330417e2da1fcfc691f0cc56a1fd1c4a587fbf9.0 --purpose ETREAT --reason TEXT, which will be reviewed"]]
$ for height in 1 2 3 4 5; do explain-access --as dr-bob --record $record --at $height | jq -r .data.reason; done
not-yet-valid
granted
granted
granted
denied
$ explain-access --as dr-bob --record $record --at 2023-11-14T22:27:00Z | jq -c '[.height, .data.reason]'
[2,"granted"]
$ enroll-identity dr-bob --suspend -k mercy | jq -r .type
identity.suspend
$ mine --format text | head -1
block  sealed  2220b03e5b442977a08d58161e223ae613cbfb1665bd665790d81e0712bb4e7a
$ explain-access --as dr-bob --record $record | jq -c '[.data.decision, .data.reason, .data.changes]'
["deny","suspended",["the organisation that enrolled the requester restores it: enroll-identity did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL --restore"]]
$ access-log --patient alice --format text
when                  decision  why         who    purpose  record        custodian
2023-11-14T22:35:20Z  deny      whole-file  payer  HPAYMT   dec55ec85121  mercy

# 1, 2 and 3.
$ explain-access --as nobody --record $record
explain-access: error: there is nobody called 'nobody': neither on the ledger nor among the key files
explain-access: hint: give a did:key, or: carechain keygen nobody
[1]
$ explain-access --as dr-bob --record 00000000
explain-access: error: there is no transaction '00000000' on this ledger
explain-access: hint: carechain show-chain --transactions
[1]
$ explain-access --as dr-bob --record $record --at 99
explain-access: error: the chain ends at block 6
[1]
$ explain-access --as dr-bob --record $record --at 2001-01-01
explain-access: error: the chain begins after 2001-01-01T23:59:59Z
[1]
$ explain-access --as dr-bob --record $record --at yesterday
explain-access: error: --at: 'yesterday' is neither a time nor a height
explain-access: hint: write 2026-11-21, or 4711
[2]
$ explain-access --record $record
explain-access: error: --as is required
explain-access: hint: see explain-access --help
[2]
$ explain-access --as dr-bob --record $record -L nowhere
explain-access: error: there is no ledger in 'nowhere'
explain-access: hint: carechain init-ledger --solo -L nowhere
[3]
