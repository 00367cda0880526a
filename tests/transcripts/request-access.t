# A signed request for a record, good for a few minutes, once.
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
block  sealed  299eaa43eefa26a4c7663951ca0235d5250faf1d863512a316c00e50189dd83f
$ request-access $record -k dr-bob | tee request | jq -c '{type, data}'
{"type":"access.request","data":{"custodian":"did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL","records":["88e686f512d26fbbf06ba10c12b3b7a3dc2fa90636abc6119ec4ed69834578a8.0"],"purpose":"TREAT","capsules_only":false,"time":"2023-11-14T22:22:20Z","nonce":"7a3cb1b58f754aa7ab3ca4df8a467273"}}
$ request-access ${record:0:8} --purpose HRESCH -k dr-bob | jq -c '.data | {records, purpose}'
{"records":["88e686f512d26fbbf06ba10c12b3b7a3dc2fa90636abc6119ec4ed69834578a8.0"],"purpose":"HRESCH"}

# All of a patient's records, of one type; and by herself, who needs no grant.
$ request-access --patient "$(keygen --derive alice --for mercy --format text)" --scope patient/Observation.rs -k dr-bob | jq -c '.data | {records, patient, type}'
{"records":[],"patient":"did:key:z6MkfS3aqNM6kEi4SjbQVef6XeQuNaRcqPQpG6kdEWWyPU5L","type":"Observation"}
$ request-access --patient alice -k alice | release-record -k mercy | open-record -k alice
{"resourceType":"Observation","status":"final"}
$ request-access --patient alice --capsules -k alice | jq -c '.data | {patient, capsules_only}'
{"patient":"did:key:z6MkfS3aqNM6kEi4SjbQVef6XeQuNaRcqPQpG6kdEWWyPU5L","capsules_only":true}

# The chain says: 1.
$ request-access 00000000 -k dr-bob
request-access: error: there is no transaction '00000000' on this ledger
request-access: hint: carechain show-chain --transactions
[1]
$ keygen eve --format text
did:key:z6Mkhwqi6nwaczupdheeBpmxzzM3uPNFE12NxGKQ6fNALs7u
$ request-access --patient eve -k eve
request-access: error: no custodian on this ledger keeps records of yours
request-access: hint: name records, or --patient WHO
[1]

$ request-access -k dr-bob
request-access: error: no custodian on this ledger keeps records of yours
request-access: hint: name records, or --patient WHO
[1]

# The command line makes no sense: 2. Could not find out: 3.
$ request-access $record --purpose TREATMENT -k dr-bob
request-access: error: --purpose: 'TREATMENT' is none of TREAT,CLINTRL,COC,CAREMGT,ETREAT,BTG,ERTREAT,POPHLTH,HMARKT,HOPERAT,DONAT,FRAUD,GOV,HACCRED,HCOMPL,HDECD,HDIRECT,HDM,HLEGAL,HOUTCOMS,HPRGRP,HQUALIMP,HSYSADMIN,LABELING,METAMGT,MEMADMIN,MILCDM,PATADMIN,PATSFTY,PERFMSR,RECORDMGT,SYSDEV,TRAIN,HPAYMT,CLMATTCH,COVAUTH,COVERAGE,ELIGDTRM,ELIGVER,ENROLLM,REMITADV,HRESCH,BIORCH,CLINTRCH,CLINTRCHNPC,CLINTRCHPC,DISEASERCH,TRANSRCH,PATRQT,FAMRQT,PUBHLTH,DISASTER
[2]
$ request-access $record
request-access: error: --key is required
request-access: hint: give --key, or set CARECHAIN_KEY
[2]
$ request-access $record -k dr-bobb
request-access: error: there is no key 'dr-bobb' in ~/../keys
request-access: hint: did you mean dr-bob?
[3]
$ request-access $record -k dr-bob -L nowhere
request-access: error: there is no ledger in 'nowhere'
request-access: hint: carechain init-ledger --solo -L nowhere
[3]
