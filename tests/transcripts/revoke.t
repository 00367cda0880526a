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
block  sealed  3bffd8c22270e12f6b94b31d6740154c42c602574fdd266a9debdcbae4f81c32
$ list grants --format text
grant         to      what         purposes  until  state
2590a331d1fb  dr-bob  Condition    TREAT         -  in force
2d77833ebc18  dr-bob  Patient      TREAT         -  in force
ed5ef2aae044  dr-bob  Observation  TREAT         -  in force
$ revoke $(head -1 grants) -k alice --format text
access.revoke  pending  16e9cf144c6c048b654493ccfcb20d4d84ca989db8ec7fb9c46f05d380fbdf24.0
  time    2023-11-14T22:23:20Z
  signer  did:key:z6MkfS3aqNM6kEi4SjbQVef6XeQuNaRcqPQpG6kdEWWyPU5L
  ledger  4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
  grant   ed5ef2aae044532e0aeccea57dfe8e2e623f22aeac4ac264ea2de82faf817545.0
$ list grants --in-force --format text
grant         to      what       purposes  until  state
2590a331d1fb  dr-bob  Condition  TREAT         -  in force
2d77833ebc18  dr-bob  Patient    TREAT         -  in force
$ revoke --from dr-bob -k alice | jq -c '{type, ids: (.ids | length)}'
{"type":"access.revoke","ids":2}
$ mine --format text | head -1
block  sealed  3ada1556c1199b0236c1c2f2aec0498886c12bf9ceeade533b39af9fc5803412
$ list grants --format text
grant         to      what         purposes  until  state
2590a331d1fb  dr-bob  Condition    TREAT         -  revoked
2d77833ebc18  dr-bob  Patient      TREAT         -  revoked
ed5ef2aae044  dr-bob  Observation  TREAT         -  revoked

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
revoke: error: 'b00b562e661a148e545e0fe1665233c45bd540f6e17df2a4eb74aa90eca21cca.0' is another patient's grant: only she may revoke it
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
