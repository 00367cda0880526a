# What the ledger holds, sealed and pending.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice zoe dr-bob; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6Mkhvj8yp4c3FiYkpHZzWpuU7URkPswB9zAqUM7cFvunzBG
did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
$ list records --format text
record  types  media  bytes  custodian  state
$ list records
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
identity.enroll
$ echo '{"resourceType":"Observation"}' | put-record --patient alice -k mercy - | jq -r .type
record.put
$ echo '{"resourceType":"Condition"}' | put-record --patient zoe -k mercy - | jq -r .type
record.put
$ list records --format text
record        types        media                  bytes  custodian  state
52d9928ebc57  Observation  application/fhir+json    115  mercy      pending
58d51099c7e2  Condition    application/fhir+json    113  mercy      pending
$ list pending --format text
transaction   what             operations  signer
d26eb7ad15f4  identity.enroll           1  did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
52d9928ebc57  record.put                1  did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
58d51099c7e2  record.put                1  did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
$ mine --format text | head -1
block  sealed  68a195b830b2662e45f153f54877c9866b209f74de0d0c51d2b8d9dd2accb22e
$ list records --patient alice --format text
record        types        media                  bytes  custodian  state
52d9928ebc57  Observation  application/fhir+json    115  mercy      sealed
$ list records --patient zoe | jq -c '{type, status, height, data: (.data | {types, media, size})}'
{"type":"record","status":"sealed","height":1,"data":{"types":["Condition"],"media":"application/fhir+json","size":"113"}}
$ grant --to dr-bob --scope patient/Observation.rs --until 2023-11-14T22:33:00Z -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  8be6d3d803f86574586fe3f127bc6870ef5765e8a4071c27e403beb2bbc7f420
$ list grants --to dr-bob --in-force --format text
grant         to      what         purposes  until                 state
f5157510aa52  dr-bob  Observation  TREAT     2023-11-14T22:33:00Z  in force
$ list capsules --patient alice --format text
record        version  reader
52d9928ebc57        1  did:key:z6MkrVBkXXMU…
52d9928ebc57        1  mercy
52d9928ebc57        1  dr-bob
$ list identities --sealers --format text
name   kind          roles                                                                          account                                                   state
mercy  organisation  registrar hospital laboratory pharmacy manufacturer distributor payer sponsor  did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL  in force
$ : later
$ list grants --format text
grant         to      what         purposes  until                 state
f5157510aa52  dr-bob  Observation  TREAT     2023-11-14T22:33:00Z  expired
$ list grants --in-force

# A patient of whom nobody keeps anything: an empty list.
$ keygen yves --format text
did:key:z6MkuNuyj1FREiQcHCXD3StZknEUfnzXK8EYr2ePprySmyJM
$ list records --patient yves
list: no custodian on this ledger keeps records of 'yves'

# 1: there is nobody of that name. 2 and 3.
$ list records --patient aliec
list: error: there is no key 'aliec' in ~/../keys
list: hint: did you mean alice?
[3]
$ list grants --to dr-bobb
list: error: there is nobody called 'dr-bobb': neither on the ledger nor among the key files
list: hint: did you mean 'dr-bob'?
[1]
$ list recrods
list: error: what: 'recrods' is none of grants,records,identities,contracts,effects,pending,capsules,erasures,holds,copies
list: hint: did you mean records?
[2]
$ list
list: error: what is required
list: hint: see list --help
[2]
$ list records -L nowhere
list: error: there is no ledger in 'nowhere'
list: hint: carechain init-ledger --solo -L nowhere
[3]
$ rm "$CARECHAIN_KEYS"/vault-*
$ list capsules
list: error: the vault's key '~/../keys/vault-1b5d6f2afa432cb00a6dbf8e27e8bc33-000001.epoch' is missing: nothing in the vault opens without it
list: hint: set CARECHAIN_KEYS to the directory that holds it
[3]
