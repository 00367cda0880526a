# A record whose data stays where it lives: only its digest is taken, and the pointer is sealed into the keys.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice dr-bob; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
$ mkdir archive
$ head -c 200000 /dev/zero | tr '\0' 'x' > archive/scan.dcm
$ put-record --patient alice --type ImagingStudy --media application/dicom --external archive/scan.dcm -k mercy archive/scan.dcm > put
$ jq -c '.data | {types, media, root, size}' put
{"types":["ImagingStudy"],"media":"application/dicom","root":null,"size":"200132"}
$ record=$(jq -r .id put)
$ ls mercy/vault/objects
find: ‘mercy/vault/objects’: No such file or directory
[1]
$ grep -rl 'archive/scan' mercy
[1]
$ grant --to dr-bob --record $record -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  4cca0c331b0b7d6df92ae7be268da8ea60e0f6a703d85c072220e1034e9021d4

# The custodian fetches it with a command of its own: the pointer comes on stdin, the data goes to stdout.
$ request-access $record -k dr-bob | release-record -k mercy --fetch 'xargs cat' | open-record -k dr-bob | cmp - archive/scan.dcm

# Without a command, or when the source has another content by now, nothing is given.
$ request-access $record -k dr-bob | release-record -k mercy | jq -c '[.data.decision, .reason]'
release-record: a record's data lives elsewhere: --fetch CMD gets it
release-record: 213913675871a3c0: its data lives elsewhere and was not fetched
[null,"its data lives elsewhere and was not fetched"]
$ echo 'altered' >> archive/scan.dcm
$ request-access $record -k dr-bob | release-record -k mercy --fetch 'xargs cat' | jq -c '[.data.decision, .reason]'
release-record: 213913675871a3c0: the data at its source is not what was recorded
[null,"the data at its source is not what was recorded"]
$ request-access $record -k dr-bob | release-record -k mercy --fetch 'exit 7' | jq -c '[.data.decision, .reason]'
release-record: error: 'exit 7' failed with status 7
$ mine --format text | head -1
block  sealed  49d2fd23953183317cc8bd1a4f5be0f3d1080452913065ec0ece40a55f1b2bfb
$ access-log --patient alice --format text
when                  decision  why      who                    purpose        record  custodian
2023-11-14T22:26:20Z  permit    granted  did:key:z6MkkhxmrdSS…  TREAT    213913675871  mercy
2023-11-14T22:27:20Z  permit    granted  did:key:z6MkkhxmrdSS…  TREAT    213913675871  mercy
2023-11-14T22:29:20Z  permit    granted  did:key:z6MkkhxmrdSS…  TREAT    213913675871  mercy
2023-11-14T22:30:20Z  permit    granted  did:key:z6MkkhxmrdSS…  TREAT    213913675871  mercy
