# A record whose data stays where it lives: only its digest is taken, and the pointer is sealed into the keys.
$ set -o pipefail
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
ls: cannot access 'mercy/vault/objects': No such file or directory
[2]
$ grep -rl 'archive/scan' mercy
[1]
$ grant --to dr-bob --record $record -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  261c9a8c9ab4a85a51dd4c3d5d2ac45db9a6711721f309323ea43c3831c87507

# The custodian fetches it with a command of its own: the pointer comes on stdin, the data goes to stdout.
$ request-access $record -k dr-bob | release-record -k mercy --fetch 'xargs cat' | open-record -k dr-bob | cmp - archive/scan.dcm

# Without a command, or when the source has another content by now, nothing is given.
$ request-access $record -k dr-bob | release-record -k mercy | jq -c '[.data.decision, .reason]'
release-record: a record's data lives elsewhere: --fetch CMD gets it
release-record: f874ba7aa365e1ef: its data lives elsewhere and was not fetched
["permit","its data lives elsewhere and was not fetched"]
[1]
$ echo 'altered' >> archive/scan.dcm
$ request-access $record -k dr-bob | release-record -k mercy --fetch 'xargs cat' | jq -c '[.data.decision, .reason]'
release-record: f874ba7aa365e1ef: the data at its source is not what was recorded
["permit","the data at its source is not what was recorded"]
[1]
$ request-access $record -k dr-bob | release-record -k mercy --fetch 'exit 7' | jq -c '[.data.decision, .reason]'
release-record: error: 'exit 7' failed with status 7
[3]
$ mine --format text | head -1
block  sealed  1f7219f367842d60313c096b5a4921f747a12d63bced3cdd5de7c93cf25dd9ca
$ access-log --patient alice --format text
when                  decision  why      who                    purpose  record        custodian
2023-11-14T22:27:20Z  permit    granted  did:key:z6MkkhxmrdSS…  TREAT    f874ba7aa365  mercy
2023-11-14T22:28:20Z  permit    granted  did:key:z6MkkhxmrdSS…  TREAT    f874ba7aa365  mercy
2023-11-14T22:30:20Z  permit    granted  did:key:z6MkkhxmrdSS…  TREAT    f874ba7aa365  mercy
2023-11-14T22:31:20Z  permit    granted  did:key:z6MkkhxmrdSS…  TREAT    f874ba7aa365  mercy
