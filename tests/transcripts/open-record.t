# What was released comes out byte for byte as it went in.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ keygen alice --format text
did:key:z6MkmKcFjfdmFJtyc2dGSojy1Mcjnyx8XWxmM6WwxnHmpanu
$ printf '{ "resourceType" : "Observation",\r\n  "note": [ { "text": "blanks stay" } ] }\n' > obs.json
$ echo '{"resourceType":"Condition"}' > cond.json
$ put-record --patient alice -k mercy obs.json | jq -r .id > ids
$ put-record --patient alice -k mercy cond.json | jq -r .id >> ids
$ mine --format text | head -1
block  sealed  62f4087af7e5f7345f8346f1222a08d1693822d9b804eb064938ed24bac39665
$ request-access $(head -1 ids) -k alice | release-record -k mercy > one
$ open-record -k alice < one | cmp - obs.json
$ open-record -k alice -o out.json < one
open-record: wrote out.json
$ cmp out.json obs.json

# Several need a directory, or become lines.
$ request-access --patient alice -k alice | release-record -k mercy > both
$ open-record -k alice -O records < both
open-record: wrote records/006d94969b384617fab75b6f25e58297f79991635af6a4b237a3bda613ae892b.0.json
open-record: wrote records/b145f676e3fb0a296921aed674b81b3ea75f6461bc531796b0b414a22ce384f9.0.json
$ ls records | wc -l
2
$ open-record -k alice --ndjson < both | sort
{"resourceType":"Condition"}
{"resourceType":"Observation","note":[{"text":"blanks stay"}]}
$ open-record -k alice < both > first
open-record: error: several records came
open-record: hint: -O DIR writes a file for each, --ndjson a line for each
[2]

# Some refused among many: what is permitted comes, and the exit status says so.
$ keygen dr-bob --format text
did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S
$ grant --to dr-bob --record $(head -1 ids) -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  6441c5491a2c0a0f8b58c003a097512133f443337d48ecaee51b5cc2f30d13d0
$ request-access $(cat ids) -k dr-bob | release-record -k mercy --quiet > some
[1]
$ open-record -k dr-bob -O for-bob < some
open-record: wrote for-bob/006d94969b384617fab75b6f25e58297f79991635af6a4b237a3bda613ae892b.0.json
open-record: error: record b145f676e3fb0a29 was refused: the patient has granted nothing to the requester
open-record: hint: the patient can allow it: grant --to did:key:z6MkqegsAafkNeVLWYjU8Di67X1xgazowhhZ3HxaZdxjnW7S --record b145f676e3fb0a296921aed674b81b3ea75f6461bc531796b0b414a22ce384f9.0 --purpose TREAT
[1]
$ ls for-bob | wc -l
1

# Altered, cut, or for somebody else: nothing is written.
$ head -c -5 one > cut
$ open-record -k alice -o cut.json < cut
open-record: error: the encrypted record is cut or altered in its chunk 0
[1]
$ ls cut.json
ls: cannot access 'cut.json': No such file or directory
[2]
$ (head -1 one; tail -n +2 one | tr '\000-\377' '\001-\377\000') > altered
$ open-record -k alice -o altered.json < altered
open-record: error: this is not an encrypted record
[1]
$ open-record -k dr-bob < one
open-record: error: the release answers a request of somebody else: did:key:z6MkfS3aqNM6kEi4SjbQVef6XeQuNaRcqPQpG6kdEWWyPU5L
[1]

# 1: an empty stdin. 2 and 3.
$ open-record -k alice < /dev/null
open-record: error: there is nothing on stdin
open-record: hint: request-access … | release-record … | open-record …
[1]
$ open-record < one
open-record: error: --key is required
open-record: hint: give --key, or set CARECHAIN_KEY
[2]
$ open-record -k alice -o a -O b < one
open-record: error: -o, -O and --ndjson exclude one another
[2]
$ touch file
$ open-record -k alice -O file/out < one
open-record: error: cannot create the directory file: File exists
[3]
$ open-record -k alcie < one
open-record: error: there is no key 'alcie' in ~/../keys
open-record: hint: did you mean alice?
[3]
$ open-record -k alice < one > /dev/full
open-record: error: cannot write to standard output: No space left on device
[3]
