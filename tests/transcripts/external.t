# A record whose data stays where it lives: only its digest is taken, and the pointer is sealed into the keys.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ for name in alice dr-bob; do keygen $name --quiet --format text; done
$ mkdir archive
$ head -c 200000 /dev/zero | tr '\0' 'x' > archive/scan.dcm
$ put-record --patient alice --type ImagingStudy --media application/dicom --external archive/scan.dcm -k mercy archive/scan.dcm > put
$ jq -c '.data | {types, media, root, size}' put
$ record=$(jq -r .id put)
$ find mercy/vault/objects -type f
$ grep -rl 'archive/scan' mercy
$ grant --to dr-bob --record $record -k alice | jq -r .type
$ mine --format text | head -1

# The custodian fetches it with a command of its own: the pointer comes on stdin, the data goes to stdout.
$ request-access $record -k dr-bob | release-record -k mercy --fetch 'xargs cat' | open-record -k dr-bob | cmp - archive/scan.dcm

# Without a command, or when the source has another content by now, nothing is given.
$ request-access $record -k dr-bob | release-record -k mercy | jq -c '[.data.permit, .reason]'
$ echo 'altered' >> archive/scan.dcm
$ request-access $record -k dr-bob | release-record -k mercy --fetch 'xargs cat' | jq -c '[.data.permit, .reason]'
$ request-access $record -k dr-bob | release-record -k mercy --fetch 'exit 7' | jq -c '[.data.permit, .reason]'
$ mine --format text | head -1
$ access-log --patient alice --format text
