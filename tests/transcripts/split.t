# Each resource of a bundle as a record of its own, so that grants by type mean something.
$ set -o pipefail
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice dr-bob; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
$ cp $EXAMPLES/bundle.json .
$ put-record --split --patient alice -k mercy bundle.json | jq -c '{type, records: (.ids | length)}'
{"type":"record.put","records":16}
$ grant --to dr-bob --scope patient/Observation.rs --scope patient/DiagnosticReport.rs -k alice | jq -c '.data.types'
null
$ mine --format text | head -1
block  sealed  73a767f20ffa2d8f51cf0a16e3329a8069cf63056db9e935623d3394f56b9b89
$ list records --patient alice | jq -r '.data.types[]' | sort | uniq -c
      2 Condition
      1 DiagnosticReport
      1 Encounter
      2 Immunization
      1 MedicationRequest
      6 Observation
      1 Organization
      1 Patient
      1 Practitioner

# What the scope covers comes; the rest is refused, each by itself.
$ patient=$(keygen --derive alice --for mercy --format text)
$ request-access --patient $patient --scope patient/Observation.rs -k dr-bob | release-record -k mercy | open-record -k dr-bob --ndjson | jq -r .code.text | sort
Blood Pressure
Body Weight
High Density Lipoprotein Cholesterol
Low Density Lipoprotein Cholesterol
Total Cholesterol
Triglycerides
$ request-access --patient $patient -k dr-bob | release-record -k mercy --quiet > released
[1]
$ open-record -k dr-bob -O records < released 2> words
[1]
$ ls records | wc -l
7
$ grep -c 'was refused' words
9

# Each is the exact bytes of its entry.
$ request-access --patient alice --scope patient/Immunization.rs -k alice | release-record -k mercy | open-record -k alice -O hers
open-record: wrote hers/abb4e3d903dcbe02c154aded45b47e7b82c18edc3f52307b0bdca70865a9c71a.13.json
open-record: wrote hers/abb4e3d903dcbe02c154aded45b47e7b82c18edc3f52307b0bdca70865a9c71a.14.json
$ python3 - <<'END'
> import glob
> bundle = open("bundle.json", "rb").read()
> print([bundle.count(open(name, "rb").read()) for name in glob.glob("hers/*")])
> END
[1, 1]
$ mine --format text | head -1
block  sealed  2ea0b2da8f217b20526bfbb2961be9eb22be9687757a11116694c4e73f96b000
$ access-log --patient alice --format json | jq -r '.data | .decision + " " + .reason' | sort | uniq -c
      9 none type-not-covered
     13 permit granted
      2 permit own-record
