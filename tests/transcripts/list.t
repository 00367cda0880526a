# What the ledger holds, sealed and pending.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ for name in alice zoe dr-bob; do keygen $name --quiet --format text; done
$ list records --format text
$ list records
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
$ echo '{"resourceType":"Observation"}' | put-record --patient alice -k mercy - | jq -r .type
$ echo '{"resourceType":"Condition"}' | put-record --patient zoe -k mercy - | jq -r .type
$ list records --format text
$ list pending --format text
$ mine --format text | head -1
$ list records --patient alice --format text
$ list records --patient zoe | jq -c '{type, status, height, data: (.data | {types, media, size})}'
$ grant --to dr-bob --scope patient/Observation.rs --until 2023-11-14T22:33:00Z -k alice | jq -r .type
$ mine --format text | head -1
$ list grants --to dr-bob --in-force --format text
$ list capsules --patient alice --format text
$ list identities --sealers --format text
$ : later
$ list grants --format text
$ list grants --in-force

# 1: there is nobody of that name. 2 and 3.
$ list records --patient aliec
$ list grants --to dr-bobb
$ list recrods
$ list
$ list records -L nowhere
$ rm "$CARECHAIN_KEYS"/vault-*
$ list capsules
