# A record goes into the vault, encrypted; on the chain only what says nothing about the patient.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ keygen alice --format text
did:key:z6MkmKcFjfdmFJtyc2dGSojy1Mcjnyx8XWxmM6WwxnHmpanu
$ echo '{"resourceType":"Observation","status":"final","code":{"text":"heart rate"},"valueQuantity":{"value":72}}' > pulse.json
$ put-record --patient alice -k mercy pulse.json | tee put | jq -c '{type, status, data}'
{"type":"record.put","status":"pending","data":{"handle":"ade3346bbe34d445831f33612ec03165addd926cd66536bd52286b4e2c2c858e","version":"1","patient":"did:key:z6MkfS3aqNM6kEi4SjbQVef6XeQuNaRcqPQpG6kdEWWyPU5L","types":["Observation"],"media":"application/fhir+json","root":"d91336191c1fae079622bb72451f53f76ff2b236ba8509b923c0fb796ecfe135","size":"190","digest":"9bed6aa8437348e313b9eb4e77c3e3bf875a6243648898fe7dafc3589d02b62d"}}
$ mine --format text | head -1
block  sealed  6ec152418438e295465ef83d72b83d4d2bbc3f26dbd0b1c75db48de40c6592bc
$ list records --patient alice --format text
record        types        media                  bytes  custodian  state
78d67ca04043  Observation  application/fhir+json    190  mercy      sealed
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
{"v":1,"type":"record.put","id":"8905662a67c32689b67df3060e238db6ffe00645d3e0a65b464161c5f5224071.0","ids":["8905662a67c32689b67df3060e238db6ffe00645d3e0a65b464161c5f5224071.0"],"tx":"8905662a67c32689b67df3060e238db6ffe00645d3e0a65b464161c5f5224071","status":"pending","height":null,"block":null,"time":"2023-11-14T22:31:20Z","signer":"did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL","ledger":"4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040","reason":null,"data":{"handle":"4e38ee1f2d28ede0dbb50f29b081b1ab6ae5f7c73fed27e1f60c1012c7268813","version":"1","patient":"did:key:z6MkfS3aqNM6kEi4SjbQVef6XeQuNaRcqPQpG6kdEWWyPU5L","types":["Observation"],"media":"application/fhir+json","root":"f060bb886102318d2bec9ea676c8db8845b1cda60e98b94001f175624266f739","size":"190","digest":"77eeff95b4dcb9484f45692fbd41c05744e0c8ecf1d263e690213ab5b114996f"},"cose":"hFgmogEnBFgg0taAsBXqeJ5mmqD_DYP-DfxEXeGZ3l1yCBFyKMiMUHmgWQEWo2NvcHOBgmpyZWNvcmQucHV0qGRyb290WCDwYLuIYQIxjSvsnqZ2yNuIRbHNpg6YuUAB8XViQmb3OWRzaXplGL5lbWVkaWF1YXBwbGljYXRpb24vZmhpcitqc29uZXR5cGVzgWtPYnNlcnZhdGlvbmZkaWdlc3RYIHfu_5W03LlIT0VpL71BwFdE4Mjs8dJj5pAhOrWxFJlvZmhhbmRsZVggTjjuHy0o7eDbtQ8psIGxq2rl98c_7Sfh9gwQEscmiBNncGF0aWVudFggDowEHG3UF6dLtRXlG1k9NT4vLvwZcPar6NfJBZF7TZdndmVyc2lvbgFkdGltZRplU_U4ZW5vbmNlUBpuOYJMuysJHieE0KFHq9hYQMdi19OfuVHjanKeFCdTVALjCTG9P0cVyvX3AjaIEely_z8gvdaB0vjT6HlP2-G6-xqXH8ox8KXazKdG_LBdqg0"}
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
block  sealed  3e87e0f2423537fdf79abfcd9f4d1dfb23b9a758c2af750de7f9315278e7ffe6
$ verify-chain --vault --format text | tail -3
  index               22  index equals chain
  vault                7  stored objects present and intact
sound
