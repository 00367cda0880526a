# What was released comes out byte for byte as it went in.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ keygen alice --format text
$ printf '{ "resourceType" : "Observation",\r\n  "note": [ { "text": "blanks stay" } ] }\n' > obs.json
$ echo '{"resourceType":"Condition"}' > cond.json
$ put-record --patient alice -k mercy obs.json | jq -r .id > ids
$ put-record --patient alice -k mercy cond.json | jq -r .id >> ids
$ mine --format text | head -1
$ request-access $(head -1 ids) -k alice | release-record -k mercy > one
$ open-record -k alice < one | cmp - obs.json
$ open-record -k alice -o out.json < one
$ cmp out.json obs.json

# Several need a directory, or become lines.
$ request-access --patient alice -k alice | release-record -k mercy > both
$ open-record -k alice -O records < both
$ ls records | wc -l
$ open-record -k alice --ndjson < both | sort
$ open-record -k alice < both

# Some refused among many: what is permitted comes, and the exit status says so.
$ keygen dr-bob --format text
$ grant --to dr-bob --record $(head -1 ids) -k alice | jq -r .type
$ mine --format text | head -1
$ request-access $(cat ids) -k dr-bob | release-record -k mercy --quiet > some
$ open-record -k dr-bob -O for-bob < some
$ ls for-bob | wc -l

# Altered, cut, or for somebody else: nothing is written.
$ head -c -5 one > cut
$ open-record -k alice -o cut.json < cut
$ ls cut.json
$ (head -1 one; tail -n +2 one | tr '\000-\377' '\001-\377\000') > altered
$ open-record -k alice -o altered.json < altered
$ open-record -k dr-bob < one

# 1: an empty stdin. 2 and 3.
$ open-record -k alice < /dev/null
$ open-record < one
$ open-record -k alice -o a -O b < one
$ open-record -k alice -o nowhere/out.json < one
$ open-record -k alcie < one
$ open-record -k alice < one > /dev/full
