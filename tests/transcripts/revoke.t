# A patient ends what she granted.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ keygen alice --format text
did:key:z6MkmKcFjfdmFJtyc2dGSojy1Mcjnyx8XWxmM6WwxnHmpanu
$ keygen dr-bob --format text
did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
identity.enroll
$ echo '{"resourceType":"Observation","status":"final"}' | put-record --patient alice -k mercy - | jq -r .type
record.put
$ for type in Observation Condition Patient; do grant --to dr-bob --scope patient/$type.rs -k alice | jq -r .id; done > grants
$ mine --format text | head -1
block  sealed  09ef2b02a5f5ff183111b6804a584f15d1d9f7df9ebd492c574e23e097a92626
$ list grants --format text
grant         to      what         purposes  until  state
5384c66aa455  dr-bob  Patient      TREAT         -  in force
73700be83ecc  dr-bob  Condition    TREAT         -  in force
7e2f3e3a005c  dr-bob  Observation  TREAT         -  in force
$ revoke $(head -1 grants) -k alice --format text
access.revoke  pending  42179d92c5ee27cbc6d1e5084dcdc79b375a300a710b23ac77d51d966121bf88.0
  time    2023-11-14T22:23:20Z
  signer  did:key:z6MkfS3aqNM6kEi4SjbQVef6XeQuNaRcqPQpG6kdEWWyPU5L
  ledger  4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
  grant   7e2f3e3a005cdedf3f50dd2075b7be2b9659b27e90dd8e194e07a2974df89fde.0
$ list grants --in-force --format text
grant         to      what       purposes  until  state
5384c66aa455  dr-bob  Patient    TREAT         -  in force
73700be83ecc  dr-bob  Condition  TREAT         -  in force
$ revoke --from dr-bob -k alice | jq -c '{type, ids: (.ids | length)}'
{"type":"access.revoke","ids":2}
$ mine --format text | head -1
block  sealed  5591fcdf03484556dddeed173e8c8884ffb722332864868fcc9bb874cb922f32
$ list grants --format text
grant         to      what         purposes  until  state
5384c66aa455  dr-bob  Patient      TREAT         -  revoked
73700be83ecc  dr-bob  Condition    TREAT         -  revoked
7e2f3e3a005c  dr-bob  Observation  TREAT         -  revoked

# A rule that refuses is an answer: 1.
$ revoke $(head -1 grants) -k alice
revoke: error: it was revoked already, at block 2
[1]
$ revoke --from dr-bob -k alice
revoke: error: there is no grant in force from this patient to 'dr-bob'
revoke: hint: list grants --in-force
[1]
$ revoke 00000000 -k alice
revoke: error: there is no transaction '00000000' on this ledger
revoke: hint: carechain show-chain --transactions
[1]
$ keygen eve --format text
did:key:z6Mkhwqi6nwaczupdheeBpmxzzM3uPNFE12NxGKQ6fNALs7u
$ grant --to dr-bob --scope 'patient/*.rs' -k alice | jq -r .id > grants
$ revoke $(head -1 grants) -k eve
revoke: error: '0fd5d5ed53e95765a64be29f1a71f9a959e2079f8180e0a6a97ea35612065937.0' is another patient's grant: only she may revoke it
[1]

# A command line that makes no sense: 2. Could not find out: 3.
$ revoke -k alice
revoke: error: name grants, or --from WHO
revoke: hint: list grants --patient WHO shows them
[2]
$ revoke $(head -1 grants) --from dr-bob -k alice
revoke: error: name grants, or --from WHO
revoke: hint: list grants --patient WHO shows them
[2]
$ revoke $(head -1 grants)
revoke: error: --key is required
revoke: hint: give --key, or set CARECHAIN_KEY
[2]
$ revoke $(head -1 grants) -k alice -L nowhere
revoke: error: there is no ledger in 'nowhere'
revoke: hint: carechain init-ledger --solo -L nowhere
[3]
