# Each resource of a bundle as a record of its own, so that grants by type mean something.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ for name in alice dr-bob; do keygen $name --quiet --format text; done
$ cp $EXAMPLES/bundle.json .
$ put-record --split --patient alice -k mercy bundle.json | jq -c '{type, records: (.ids | length)}'
$ grant --to dr-bob --scope patient/Observation.rs --scope patient/DiagnosticReport.rs -k alice | jq -c '.data.types'
$ mine --format text | head -1
$ list records --patient alice | jq -r '.data.types[]' | sort | uniq -c

# What the scope covers comes; the rest is refused, each by itself.
$ patient=$(keygen --derive alice --for mercy --format text)
$ request-access --patient $patient --scope patient/Observation.rs -k dr-bob | release-record -k mercy | open-record -k dr-bob --ndjson | jq -r .code.text | sort
$ request-access --patient $patient -k dr-bob | release-record -k mercy --quiet > released
$ open-record -k dr-bob -O records < released 2> words
$ ls records | wc -l
$ grep -c 'was refused' words

# Each is the exact bytes of its entry.
$ request-access --patient alice --scope patient/Immunization.rs -k alice | release-record -k mercy | open-record -k alice -O hers
$ python3 - <<'END'
> import glob
> bundle = open("bundle.json", "rb").read()
> print([bundle.count(open(name, "rb").read()) for name in glob.glob("hers/*")])
> END
$ mine --format text | head -1
$ access-log --patient alice --format json | jq -r '.data | .decision + " " + .reason' | sort | uniq -c
