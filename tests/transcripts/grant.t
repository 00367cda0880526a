# A patient lets somebody read.
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
$ mine --format text | head -1
block  sealed  747bc3392245101cc2e4f8be9dd98c412c35b528ffe56d1c1f008acb00069aef
$ record=$(jq -r .id put)
$ grant --to dr-bob --record $record -k alice --format text
access.grant  pending  4c36c8891f05b284cc73f6ba6d6f7331bc0178b7c56a4f2f6fa555f43f46b506.0
  time                             2023-11-14T22:22:20Z
  signer                           did:key:z6MkfS3aqNM6kEi4SjbQVef6XeQuNaRcqPQpG6kdEWWyPU5L
  ledger                           4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
  provisions[0].effect             permit
  provisions[0].actors[0].account  did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S
  provisions[0].records            88e686f512d26fbbf06ba10c12b3b7a3dc2fa90636abc6119ec4ed69834578a8.0
  provisions[0].purposes           TREAT
$ grant --to dr-bob --scope 'patient/Observation.rs' --purpose TREAT --purpose HRESCH --from 2023-11-01 --until 2023-12-31 -k alice | jq -c '{type, status, data}'
{"type":"access.grant","status":"pending","data":{"provisions":[{"effect":"permit","actors":[{"account":"did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S"}],"types":["Observation"],"purposes":["TREAT","HRESCH"],"from":"2023-11-01T00:00:00Z","until":"2023-12-31T23:59:59Z","provisions":[]}]}}
$ mine --format text | head -1
block  sealed  30d8eb887582cec0fafa081bfc1933a6af19d575dfd84efb44549b8b09be7caa
$ list grants --patient alice --format text
grant         to      what          purposes      until                 state
29e0240580cb  dr-bob  Observation   TREAT HRESCH  2023-12-31T23:59:59Z  in force
4c36c8891f05  dr-bob  88e686f512d2  TREAT         -                     in force
$ list capsules --format text
record        version  reader
88e686f512d2        1  did:key:z6MkfS3aqNM6…
88e686f512d2        1  mercy
88e686f512d2        1  dr-bob

# Signed somewhere else, queued here.
$ grant --to dr-bob --scope 'patient/*.rs' -k alice --offline | tee signed | jq -c '{type, status, height}'
{"type":"access.grant","status":"pending","height":null}
$ list pending --format text
transaction  what  operations  signer
$ submit-tx < signed | jq -c '{type, status}'
{"type":"access.grant","status":"pending"}

# A rule that refuses is an answer: 1.
$ keygen eve --format text
did:key:z6Mkhwqi6nwaczupdheeBpmxzzM3uPNFE12NxGKQ6fNALs7u
$ grant --to dr-bob --record $record -k eve
grant: error: the record is another patient's: only she may grant it
[1]
$ grant --to dr-bob --record 00000000 -k alice
grant: error: there is no transaction '00000000' on this ledger
grant: hint: carechain show-chain --transactions
[1]
$ grant --to dr-bobb --record $record -k alice
grant: error: there is nobody called 'dr-bobb': neither on the ledger nor among the key files
grant: hint: did you mean 'dr-bob'?
[1]
$ grant --to dr-bob --scope 'patient/*.rs' -k eve
grant: error: no custodian on this ledger keeps records of this patient
grant: hint: --custodian WHO grants there all the same, for records to come
[1]
$ grant --to dr-bob --record $record --from 2024-02-01 --until 2024-01-01 -k alice
grant: error: the grant ends before it begins
[1]
$ grant --to alice --record $record -k alice
grant: error: a grant to oneself changes nothing: patients read their own records
[1]
$ grant --to dr-bob --record $record -k alice - < /dev/null
grant: error: there is nothing on stdin
grant: hint: request-access --capsules … | release-record … | grant … -
[1]

# A command line that makes no sense: 2.
$ grant --to dr-bob -k alice
grant: error: a grant names one record, or scopes
grant: hint: --record ID, or --scope 'patient/*.rs' for everything
[2]
$ grant --to dr-bob --record $record --scope 'patient/*.rs' -k alice
grant: error: a grant names one record, or scopes
grant: hint: --record ID, or --scope 'patient/*.rs' for everything
[2]
$ grant --to dr-bob --scope 'patient/observation.rs' -k alice
grant: error: 'observation' in the scope is not a FHIR resource type
grant: hint: a scope is written like 'patient/Observation.rs' or 'patient/*.r'
[2]
$ grant --to dr-bob --record $record --purpose TRAET -k alice
grant: error: --purpose: 'TRAET' is none of TREAT,CLINTRL,COC,CAREMGT,ETREAT,BTG,ERTREAT,POPHLTH,HMARKT,HOPERAT,DONAT,FRAUD,GOV,HACCRED,HCOMPL,HDECD,HDIRECT,HDM,HLEGAL,HOUTCOMS,HPRGRP,HQUALIMP,HSYSADMIN,LABELING,METAMGT,MEMADMIN,MILCDM,PATADMIN,PATSFTY,PERFMSR,RECORDMGT,SYSDEV,TRAIN,HPAYMT,CLMATTCH,COVAUTH,COVERAGE,ELIGDTRM,ELIGVER,ENROLLM,REMITADV,HRESCH,BIORCH,CLINTRCH,CLINTRCHNPC,CLINTRCHPC,DISEASERCH,TRANSRCH,PATRQT,FAMRQT,PUBHLTH,DISASTER
grant: hint: did you mean TREAT?
[2]
$ grant --to dr-bob --record $record --until tomorrow -k alice
grant: error: --until: 'tomorrow' is not a time
grant: hint: write 2026-11-21, or 2026-11-21T07:45:00Z
[2]
$ grant --record $record -k alice
grant: error: --to is required
grant: hint: see grant --help
[2]

# Could not find out: 3.
$ grant --to dr-bob --record $record -k alcie
grant: error: there is no key 'alcie' in ~/../keys
grant: hint: did you mean alice?
[3]
$ grant --to dr-bob --record $record -k alice -L nowhere
grant: error: there is no ledger in 'nowhere'
grant: hint: carechain init-ledger --solo -L nowhere
[3]
