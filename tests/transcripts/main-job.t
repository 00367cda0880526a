# The main job: a patient's bundle is stored, refused to a doctor, granted, read, revoked, refused again, and an auditor
# verifies every step offline.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --format text --quiet | head -1
ledger  sealed  51941249bbb99e94f5ec0221299e1b9e603a29d9adff8a2c410598f42c5d6fcc
$ keygen alice --format text
did:key:z6MkmKcFjfdmFJtyc2dGSojy1Mcjnyx8XWxmM6WwxnHmpanu
$ keygen dr-bob --format text
did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S
$ enroll-identity dr-bob --role clinician -k mercy | jq -c '[.type, .status]'
["identity.enroll","pending"]
$ mine --format text | head -1
block  sealed  4e07929dec67b3eca634b0b200258b20dd8a3d222005e1a80ad00be4f95fdf99

# The hospital stores the bundle. What lies on its disk is ciphertext; the chain holds no name and no content.
$ cp $EXAMPLES/bundle.json .
$ put-record --patient alice -k mercy bundle.json > put
$ jq -c '{type, status, data: (.data | {media, size, types})}' put
{"type":"record.put","status":"pending","data":{"media":"application/fhir+json","size":"29610","types":["Condition","DiagnosticReport","Encounter","Immunization","MedicationRequest","Observation","Organization","Patient","Practitioner"]}}
$ mine --format text | head -1
block  sealed  6d198062ab51a0a80c954ded886a6e3aae260d8a1285ebe5b8ba89749e412cca
$ record=$(jq -r .id put)
$ grep -rlE 'Mej|Conditio[n]"|urn:uuid' mercy
[1]

# A doctor is refused, and is told what would help.
$ request-access $record -k dr-bob | release-record -k mercy --quiet | open-record -k dr-bob -o read.json
open-record: error: record 32e74ab6f3144f35 was refused: the patient has granted nothing to the requester
open-record: hint: the patient can allow it: grant --to did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S --record 32e74ab6f3144f3588f89245b0113479c40f8594f90ab91170117d8508a94b9f.0 --purpose TREAT
[1]

# The patient allows it; it counts once it is sealed.
$ grant --to dr-bob --record $record --until 2024-12-31 -k alice | jq -c '[.type, .status]'
["access.grant","pending"]
$ mine --format text | head -1
block  sealed  1305e108477d2643e417843fe6e101fdeb7b8dc3bb99e9eb7fd768a96597d1aa
$ request-access $record -k dr-bob | release-record -k mercy --quiet | open-record -k dr-bob -o read.json
open-record: wrote read.json
$ cmp read.json bundle.json
$ jq -r '.entry[].resource.resourceType' read.json | sort | uniq -c
      2 Condition
      1 DiagnosticReport
      1 Encounter
      2 Immunization
      1 MedicationRequest
      6 Observation
      1 Organization
      1 Patient
      1 Practitioner

# She takes it back; that counts at once.
$ revoke --from dr-bob -k alice | jq -c '[.type, .status]'
["access.revoke","pending"]
$ request-access $record -k dr-bob | release-record -k mercy --quiet | open-record -k dr-bob -o again.json
open-record: error: record 32e74ab6f3144f35 was refused: the patient has revoked the grant
[1]
$ ls again.json
ls: cannot access 'again.json': No such file or directory
[2]
$ mine --format text | head -1
block  sealed  81e480eff70681c00c54d8c3c3860eb54b90d0ee8a53b3c120b947aa0eefbdd2

# All of it is in the log, also the refusals.
$ access-log --patient alice --format text
when                  decision  why       who     purpose  record        custodian
2023-11-14T22:26:20Z  none      no-grant  dr-bob  TREAT    32e74ab6f314  mercy
2023-11-14T22:29:20Z  permit    granted   dr-bob  TREAT    32e74ab6f314  mercy
2023-11-14T22:33:20Z  none      revoked   dr-bob  TREAT    32e74ab6f314  mercy

# An auditor with nothing but the blocks.
$ cat mercy/blocks/*.blk > blocks
$ unset CARECHAIN_LEDGER CARECHAIN_KEYS
$ verify-chain - --format text < blocks
ledger      51941249bbb99e94f5ec0221299e1b9e603a29d9adff8a2c410598f42c5d6fcc
name        mercy
head        4:81e480eff70681c00c54d8c3c3860eb54b90d0ee8a53b3c120b947aa0eefbdd2
            2023-11-14T22:35:20Z
checked     5 blocks, 7 transactions, 7 operations
  frame                5  segments, frames and checksums
  encoding             5  one encoding for one meaning
  links                5  heights, previous hashes, history root
  work                 5  proof of work against the target the rules demand
  time                 5  header times
  sealer               5  sealers permitted at their height
  seal                 4  sealers' signatures
  merkle               5  transactions roots
  signature            7  transactions' signatures
  permission           7  signers permitted, every operation replayed
  state                5  state digests
sound
