# Staff are enrolled by their organisation, with a public name and roles.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ keygen dr-bob --format text
did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S
$ enroll-identity dr-bob --role clinician --until 2024-12-31 -k mercy --format text
identity.enroll  pending  6d378ab6e22831039f22ac2e99ad61acee1de4cdd10d1d0aad79ef5c0ccae3e1.0
  time     2023-11-14T22:17:20Z
  signer   did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
  ledger   4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
  account  did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S
  kind     professional
  roles    clinician
  name     dr-bob
  until    2024-12-31T23:59:59Z
$ mine --format text | head -1
block  sealed  210a9c582c20f507e57e5bef2c37cff87dfd8a2eadee172e0c12f5c161150539
$ list identities --format text
name    kind          roles                                                                          account                                                   state
dr-bob  professional  clinician                                                                      did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S  in force
mercy   organisation  registrar hospital laboratory pharmacy manufacturer distributor payer sponsor  did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL  in force
$ enroll-identity dr-bob --role clinician -k mercy
enroll-identity: error: this key is enrolled already
[1]

# Other organisations by a registrar, by their did:key.
$ keygen stmary --format text
did:key:z6MknsqTe2zzaPyQVxUQeXUGebDT7VNvxDB4jDpG5EAmEAjm
$ enroll-identity "$(keygen --show stmary --format text)" --name 'St Mary' --role hospital --npi 1234567893 -k mercy | jq -c '{type, status, data}'
{"type":"identity.enroll","status":"pending","data":{"account":"did:key:z6MknsqTe2zzaPyQVxUQeXUGebDT7VNvxDB4jDpG5EAmEAjm","kind":"organisation","roles":["hospital"],"name":"St Mary","npi":"1234567893"}}
$ enroll-identity dr-bob --name 'Dr. Bob' --role hospital -k stmary
enroll-identity: error: only an organisation with the role 'registrar' may enrol other organisations
[1]

# A patient never has a name or a number on the ledger.
$ keygen alice --format text
did:key:z6MkmKcFjfdmFJtyc2dGSojy1Mcjnyx8XWxmM6WwxnHmpanu
$ enroll-identity "$(keygen --derive alice --for mercy --format text)" --role patient -k mercy | jq -c .data
{"account":"did:key:z6MkfS3aqNM6kEi4SjbQVef6XeQuNaRcqPQpG6kdEWWyPU5L","kind":"patient","roles":["patient"]}
$ enroll-identity alice --role patient --name 'Alice Jones' -k mercy
enroll-identity: error: a patient is never enrolled with a name or an identifier: the chain is readable by all members
[1]
$ enroll-identity alice --role patient --npi 1234567893 -k mercy
enroll-identity: error: a patient is never enrolled with a name or an identifier: the chain is readable by all members
[1]

# Suspended, restored, with another key.
$ enroll-identity dr-bob --suspend -k mercy | jq -c '{type, data}'
{"type":"identity.suspend","data":{"account":"did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S","lift":false}}
$ mine --format text | head -1
block  sealed  57057eb4be9b9c509fa6c51f99d36a302b8ce6ab470f4f15a43f3228bad1c192
$ list identities --format text
name     kind          roles                                                                          account                                                   state
-        patient       patient                                                                        did:key:z6MkfS3aqNM6kEi4SjbQVef6XeQuNaRcqPQpG6kdEWWyPU5L  in force
St Mary  organisation  hospital                                                                       did:key:z6MknsqTe2zzaPyQVxUQeXUGebDT7VNvxDB4jDpG5EAmEAjm  in force
dr-bob   professional  clinician                                                                      did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S  suspended or ended
mercy    organisation  registrar hospital laboratory pharmacy manufacturer distributor payer sponsor  did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL  in force
$ enroll-identity dr-bob --suspend -k mercy
enroll-identity: error: it is suspended already
[1]
$ enroll-identity dr-bob --restore -k mercy | jq -c '{type, data}'
{"type":"identity.suspend","data":{"account":"did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S","lift":true}}
$ keygen dr-bob-2 --format text
did:key:z6MktCc5n56h7e1PZmC3XQQC44Msuj6vA28Vm5k3Sok64c66
$ enroll-identity dr-bob --rotate dr-bob-2 -k dr-bob | jq -c '{type, data}'
{"type":"identity.rotate","data":{"account":"did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S","key":"did:key:z6MktCc5n56h7e1PZmC3XQQC44Msuj6vA28Vm5k3Sok64c66"}}
$ mine --format text | head -1
block  sealed  52b9e92381952219e963d70bdb9d9af69ce6af1806a1883828254fee420b7ac5
$ list identities | jq -c 'select(.data.name == "dr-bob") | {id, key: .data.key}'
{"id":"did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S","key":"did:key:z6MktCc5n56h7e1PZmC3XQQC44Msuj6vA28Vm5k3Sok64c66"}
$ enroll-identity dr-bob --rotate stmary -k dr-bob
enroll-identity: error: the signer's key was replaced by a newer one
[1]

# Many at once, packed into one transaction.
$ for n in 1 2 3; do keygen nurse-$n --quiet | jq -c '{who: .data.name, role: ["nurse"]}'; done > nurses.jsonl
$ cat nurses.jsonl
{"who":"nurse-1","role":["nurse"]}
{"who":"nurse-2","role":["nurse"]}
{"who":"nurse-3","role":["nurse"]}
$ enroll-identity --batch nurses.jsonl -k mercy | jq -c '{type, ids: (.ids | length)}'
{"type":"identity.enroll","ids":3}

# What can't be.
$ enroll-identity dr-bob -k mercy
enroll-identity: error: a role is missing
enroll-identity: hint: --role clinician, --role hospital, --role patient, …
[2]
$ enroll-identity dr-bob --role clinician --npi 123 -k mercy
enroll-identity: error: '123' is not an NPI: ten digits, the last a check digit
[1]
$ enroll-identity dr-carol --role clinician -k mercy
enroll-identity: error: there is nobody called 'dr-carol': neither on the ledger nor among the key files
enroll-identity: hint: give a did:key, or: carechain keygen dr-carol
[1]
$ enroll-identity dr-bob --role clinician -k mercy -L nowhere
enroll-identity: error: there is no ledger in 'nowhere'
enroll-identity: hint: carechain init-ledger --solo -L nowhere
[3]
$ enroll-identity dr-bob --role clinician -k mery
enroll-identity: error: there is no key 'mery' in ~/../keys
enroll-identity: hint: did you mean mercy?
[3]
