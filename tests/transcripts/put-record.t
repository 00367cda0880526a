# A record goes into the vault, encrypted; on the chain only what says nothing about the patient.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ keygen alice --format text
did:key:z6MkmKcFjfdmFJtyc2dGSojy1Mcjnyx8XWxmM6WwxnHmpanu
$ echo '{"resourceType":"Observation","status":"final","code":{"text":"heart rate"},"valueQuantity":{"value":72}}' > pulse.json
$ put-record --patient alice -k mercy pulse.json | tee put | jq -c '{type, status, data}'
{"type":"record.put","status":"pending","data":{"handle":"ade3346bbe34d445831f33612ec03165addd926cd66536bd52286b4e2c2c858e","version":"1","patient":"did:key:z6MkfS3aqNM6kEi4SjbQVef6XeQuNaRcqPQpG6kdEWWyPU5L","types":["Observation"],"media":"application/fhir+json","facts":{"labels":[],"categories":[]},"root":"d91336191c1fae079622bb72451f53f76ff2b236ba8509b923c0fb796ecfe135","size":"190","digest":"9bed6aa8437348e313b9eb4e77c3e3bf875a6243648898fe7dafc3589d02b62d"}}
$ mine --format text | head -1
block  sealed  184e5be236c571a30d9430a8a1acb77c0a222f4eb8a2c9207d4b2786b92ec90c
$ list records --patient alice --format text
record        types        media                  bytes  custodian  state
c0d9184d7c06  Observation  application/fhir+json    190  mercy      sealed
$ grep -ral 'heart rate' mercy
[1]
$ request-access --patient alice -k alice | release-record -k mercy | open-record -k alice | cmp - pulse.json

# Any file, also from a pipe; several at once are packed into one transaction.
$ printf 'not FHIR at all\0\377' | put-record --patient alice -k mercy - | jq -c '{types: .data.types, media: .data.media, size: .data.size}'
{"types":[],"media":"application/octet-stream","size":"101"}
$ echo 'DICM' | put-record --patient alice --type ImagingStudy --media application/dicom -k mercy - | jq -c '.data | {types, media}'
{"types":["ImagingStudy"],"media":"application/dicom"}
$ cp pulse.json pulse2.json
$ put-record --patient alice -k mercy pulse.json pulse2.json | jq -c '{type, ids: (.ids | length)}'
{"type":"record.put","ids":2}

# A custodian that never sees the patient's key has her account instead.
$ put-record --patient "$(keygen --derive alice --for mercy --format text)" -k mercy pulse.json | jq -c '[.type, .status]'
["record.put","pending"]

# What can't be.
$ put-record --patient alice -k mercy --split pulse.json
put-record: error: 'pulse.json' is not a FHIR Bundle: it can't be split
[1]
$ put-record --patient alice -k alice pulse.json
put-record: error: only an enrolled organisation keeps records
put-record: hint: list identities shows the organisations of this ledger
[1]
$ put-record --patient alice -k mercy
put-record: error: file is required
put-record: hint: see put-record --help
[2]
$ echo 'DICM' | put-record --patient alice --type 'Imaging Study' -k mercy -
put-record: error: the resource types must be sorted, distinct FHIR types
[1]
$ put-record -k mercy pulse.json
put-record: error: --patient is required
put-record: hint: see put-record --help
[2]
$ put-record --patient alice -k mercy nowhere.json
put-record: error: cannot open 'nowhere.json': No such file or directory
[3]
$ mv "$CARECHAIN_KEYS"/vault-*.epoch .
$ put-record --patient alice -k mercy pulse.json
put-record: error: the vault's key '~/../keys/vault-1b5d6f2afa432cb00a6dbf8e27e8bc33-000001.epoch' is missing: nothing in the vault opens without it
put-record: hint: set CARECHAIN_KEYS to the directory that holds it
[3]
$ mine --format text | head -1
block  sealed  3d687bdd8e6adbe5d803db88801ab4e518bb4cfbe7ba30a57cba1cd1993d840b
$ verify-chain --vault --format text | tail -3
  index               20  index equals chain
  vault                6  stored objects present and intact
sound
