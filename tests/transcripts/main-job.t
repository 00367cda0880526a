# The main job: a patient's bundle is stored, refused to a doctor, granted, read, revoked, refused again, and an auditor
# verifies every step offline.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --format text --quiet | head -1
$ keygen alice --format text
$ keygen dr-bob --format text
$ enroll-identity dr-bob --role clinician -k mercy | jq -c '[.type, .status]'
$ mine --format text | head -1

# The hospital stores the bundle. What lies on its disk is ciphertext; the chain holds no name and no content.
$ cp $EXAMPLES/bundle.json .
$ put-record --patient alice -k mercy bundle.json > put
$ jq -c '{type, status, data: (.data | {media, size, types})}' put
$ mine --format text | head -1
$ record=$(jq -r .id put)
$ grep -rlE 'Mej|Conditio[n]"|urn:uuid' mercy
[1]

# A doctor is refused, and is told what would help.
$ request-access $record -k dr-bob | release-record -k mercy --quiet | open-record -k dr-bob -o read.json

# The patient allows it; it counts once it is sealed.
$ grant --to dr-bob --record $record --until 2024-12-31 -k alice | jq -c '[.type, .status]'
$ mine --format text | head -1
$ request-access $record -k dr-bob | release-record -k mercy --quiet | open-record -k dr-bob -o read.json
$ cmp read.json bundle.json
$ jq -r '.entry[].resource.resourceType' read.json | sort | uniq -c

# She takes it back; that counts at once.
$ revoke --from dr-bob -k alice | jq -c '[.type, .status]'
$ request-access $record -k dr-bob | release-record -k mercy --quiet | open-record -k dr-bob -o again.json
$ ls again.json
$ mine --format text | head -1

# All of it is in the log, also the refusals.
$ access-log --patient alice --format text

# An auditor with nothing but the blocks.
$ cat mercy/blocks/*.blk > blocks
$ unset CARECHAIN_LEDGER CARECHAIN_KEYS
$ verify-chain - --format text < blocks
