# Destroying a patient's keys: an order, then, once it is sealed, the deed and its certificate.
$ set -o pipefail
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice eve dr-bob; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6Mkoj75PjQ8jhfaAarqD8GxCz2M7md3QYy4MyGvQ3WN2F67
did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
identity.enroll
$ put-record --patient alice -k mercy $EXAMPLES/bundle.json | jq -r .id > record
$ echo 'a second one' | put-record --patient alice -k mercy - | jq -r .id > second
$ echo 'about eve' | put-record --patient eve -k mercy - | jq -r .id > eve
$ mine --format text | head -1
block  sealed  413a6448962e7d49ef16913a1d74e19a09fee1b93e4378f312d88c041fa847d1
$ grant --to dr-bob --scope 'patient/*.rs' -k alice | jq -r .type
access.grant
$ grant --to dr-bob --scope 'patient/*.rs' -k eve | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  84006fcced6af42a9ed85afe8c660bfedc9c540a8a45e980a471c239261cde6f
$ request-access $(cat record) -k dr-bob | release-record -k mercy | open-record -k dr-bob | cmp - $EXAMPLES/bundle.json && echo the same
the same
$ mine --format text | head -1
block  sealed  70f2eaeb24a15813697c58e78eb88f193626225f9930abe881f745c48b6c24c1

# One record only: the other one stays readable.
$ erase-key --record $(cat second) --basis not-needed -k mercy | jq -c '[.type, .status, .data.basis]'
erase-key: the keys still exist: give the same command again once the order is sealed
["erase.order","pending","not-needed"]
$ request-access $(cat second) -k dr-bob | release-record -k mercy --quiet | jq -c '[.data.decision, .data.reason]'
["deny","erased"]
[1]
$ erase-key --record $(cat second) -k mercy
erase-key: error: an order of erasure is not sealed yet: the keys still exist
erase-key: hint: mine, then give the same command again
[3]
$ mine --format text | head -1
block  sealed  6598d8de64afd921d2b0658c5a14dfef2992211a738c5812f96a4d03ee897219
$ erase-key --record $(cat second) -k mercy > second.json
$ jq -c '[.type, .status, (.data | {complete, record_count, from_epoch, to_epoch, recipients})]' second.json
["erasure.certificate","pending",{"complete":true,"record_count":"1","from_epoch":"1","to_epoch":"2","recipients":[]}]
$ mine --format text | head -1
block  sealed  0cf6fb066aa376d34621b8f03831598096f1957951ec8421ced224572b5c3637
$ verify-erasure --vault second.json --format text
order        81b4e14489346ee73f46eb674c79b1cf13605257b656aaafe5ed9c02bae9f2ce.0
certificate  holds
chain        holds
vault        holds
erased
$ request-access $(cat second) -k alice | release-record -k mercy --quiet | jq -c '[.data.decision, .data.reason]'
["deny","erased"]
[1]
$ request-access $(cat record) -k dr-bob | release-record -k mercy | open-record -k dr-bob | cmp - $EXAMPLES/bundle.json && echo the same
the same

# A backup of the whole directory, from before.
$ cp -r mercy backup
$ cp "$CARECHAIN_KEYS"/*000002.epoch stolen
$ ls "$CARECHAIN_KEYS" | sed 's/vault-.*-/vault-ID-/'
alice.pem
dr-bob.pem
eve.pem
mercy.pem
vault-ID-000002.epoch

# All of her.
$ erase-key --patient alice -k mercy | jq -c '[.type, .status]'
erase-key: the keys still exist: give the same command again once the order is sealed
["erase.order","pending"]
$ mine --format text | head -1
block  sealed  6ccea3be1e7a1eb39a1805eaaff08f962327a8be2a721b5f56f5327617e5bee0
$ erase-key --patient alice -k mercy --format text > certificate.txt
$ sed '/-----/,$d' certificate.txt
CERTIFICATE OF ERASURE: COMPLETE
ledger      3c462f96c0ca78039d809c05e06327f151dc7f3b0b1cef350fcb696a1e75926b
custodian   mercy (did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL)
patient     did:key:z6Mkqk59t9T3tYKuGs4TcPCEGxpjmdRsuuJzMC5DWwCFm9Xy
scope       everything of hers: 2 records
order       eb9a29ba2bfbf316bc296c44cb4b5d21e5fbfd1f5f547f18b0238b36ac7947d3.0
            by mercy (did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL), in block 6 (request)
destroyed   2023-11-14T22:43:20Z, key 7fcf8a8e42da219b6606f08b4c2256bf2a9a770b4982e1efa6b36366ed53d03e
method      cryptographic erase (NIST SP 800-88): the AES-256 key that locks every capsule was destroyed,
            and with it the master key of epoch 2 of the vault 1b5d6f2afa432cb00a6dbf8e27e8bc33; the others' keys are under epoch 3
copies      none is registered
recipient   dr-bob (did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL), TREAT, 2 permits from 2023-11-14T22:26:20Z to 2023-11-14T22:37:20Z
            what they read they have; they have to be told (GDPR article 19)
remains     the patient's account with this custodian, the records' random names, FHIR types, media types and sizes
remains     digests: of ciphertext that is deleted, and keyed ones whose keys are destroyed
remains     her grants and revocations, the requests and decisions, with their times, purposes and accounts
remains     this order and the digest of this certificate
undone by   a copy of the file vault-1b5d6f2afa432cb00a6dbf8e27e8bc33-000002.epoch, or of an earlier one, made before and kept with a copy
            of the vault: whoever has both opens it again
issued      2023-11-14T22:43:20Z by did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
$ mine --format text | head -1
block  sealed  710882cb376953335cda8f734dd84eba2868bccb96b096e052fd21bab2975527
$ ls "$CARECHAIN_KEYS" | sed 's/vault-.*-/vault-ID-/'
alice.pem
dr-bob.pem
eve.pem
mercy.pem
vault-ID-000003.epoch
$ request-access $(cat record) -k alice | release-record -k mercy | open-record -k alice
release-record: cc62261819f83a72: its keys are destroyed, or ordered to be
open-record: error: record cc62261819f83a72 was refused: its keys are destroyed, or ordered to be
[1]
$ request-access $(cat eve) -k dr-bob | release-record -k mercy | open-record -k dr-bob
about eve
$ verify-erasure --vault --copy backup certificate.txt
{"v":1,"type":"erasure.verification","id":"eb9a29ba2bfbf316bc296c44cb4b5d21e5fbfd1f5f547f18b0238b36ac7947d3.0","ids":["eb9a29ba2bfbf316bc296c44cb4b5d21e5fbfd1f5f547f18b0238b36ac7947d3.0"],"tx":null,"status":null,"height":null,"block":null,"time":"2023-11-14T22:49:20Z","signer":"did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL","ledger":"3c462f96c0ca78039d809c05e06327f151dc7f3b0b1cef350fcb696a1e75926b","reason":null,"data":{"decision":"erased","complete":true,"levels":[{"level":"certificate","holds":true,"faults":[],"remarks":[],"unclear":null},{"level":"chain","holds":true,"faults":[],"remarks":[],"unclear":null},{"level":"vault","holds":true,"faults":[],"remarks":[],"unclear":null},{"level":"copy backup","holds":true,"faults":[],"remarks":["of it lie here, ciphertexts: 1, capsules: 3; no key here opens them","her key lies here, locked with a master key that is not here"],"unclear":null}]},"cose":null}
$ verify-erasure certificate.txt --format text
order        eb9a29ba2bfbf316bc296c44cb4b5d21e5fbfd1f5f547f18b0238b36ac7947d3.0
certificate  holds
chain        holds
not checked  vault
erased
$ erase-key --patient alice -k mercy | verify-erasure - | jq -r .data.decision
erased
$ verify-chain --vault --format text | tail -3
erased      81b4e14489346ee73f46eb674c79b1cf13605257b656aaafe5ed9c02bae9f2ce.0, certificate in order
erased      eb9a29ba2bfbf316bc296c44cb4b5d21e5fbfd1f5f547f18b0238b36ac7947d3.0, certificate in order
sound

# The backup does not open: its vault's key is gone.
$ request-access $(cat record) -k alice -L backup > request
$ release-record -k mercy -L backup < request
release-record: error: the vault's key '~/../keys/vault-1b5d6f2afa432cb00a6dbf8e27e8bc33-000002.epoch' is missing: nothing in the vault opens without it
release-record: hint: set CARECHAIN_KEYS to the directory that holds it
[3]
$ verify-erasure -L backup certificate.txt --format text
order        eb9a29ba2bfbf316bc296c44cb4b5d21e5fbfd1f5f547f18b0238b36ac7947d3.0
certificate  holds
chain        unclear
             the order is not on this chain, which ends at block 5; it was in block 6
not checked  vault
unclear
[3]

# What a copy of the epoch's master key, kept elsewhere, undoes: everything.
$ cp stolen "$CARECHAIN_KEYS"/$(basename $(ls "$CARECHAIN_KEYS"/*.epoch) | sed s/000003/000002/)
$ verify-erasure --vault --copy backup --format text certificate.txt | sed 's/did:key.*/DID/'
order        eb9a29ba2bfbf316bc296c44cb4b5d21e5fbfd1f5f547f18b0238b36ac7947d3.0
certificate  holds
chain        holds
vault        does not hold
             the master key of epoch 2 still exists in ~/../keys
copy backup  does not hold
             the master key of epoch 2 still exists in ~/../keys
             the patient's key still opens
             the key that was destroyed is still here
             a capsule of record cc62261819f83a728e2947b110547f07786bf18015571dbf1e69b28369436501.0 still opens, for DID
             a capsule of record cc62261819f83a728e2947b110547f07786bf18015571dbf1e69b28369436501.0 still opens, for DID
             a capsule of record cc62261819f83a728e2947b110547f07786bf18015571dbf1e69b28369436501.0 still opens, for DID
not-erased
[1]
$ rm "$CARECHAIN_KEYS"/*000002.epoch

# What she was stays erased.
$ put-record --patient alice -k mercy $EXAMPLES/bundle.json
put-record: error: this patient's keys were erased here: nothing is stored for that account any more
put-record: hint: she can show another account to this custodian
[1]
$ erase-key --patient eve -k mercy --offline | jq -r .status
pending
$ erase-key -k mercy
erase-key: there is no order of erasure to carry out

# She orders it herself; the custodian carries out what is open.
$ erase-key -k eve --basis consent-withdrawn | jq -c '[.type, .data.basis]'
erase-key: the custodian destroys the keys once the order is sealed: erase-key -k CUSTODIAN
["erase.order","consent-withdrawn"]
$ mine --format text | head -1
block  sealed  023e1baf40140972ca99d4ebe7989e765a8eddb7e293be98220786fc84b73611
$ erase-key -k mercy | jq -c '[.type, .data.complete]'
["erasure.certificate",true]
$ mine --format text | head -1
block  sealed  99455e7fea90c7977355944d1c1532da992b797afef86bc3136e85a917562268

# An altered certificate.
$ sed '/^[A-Za-z0-9+=/]\{64\}$/s/A/B/' certificate.txt | verify-erasure - --format text
certificate  does not hold
             this is not a certificate of erasure: CBOR at byte 1075: byte string of 65 bytes, but 64 are left
not checked  vault
not-erased
[1]

# 1, 2 and 3.
$ erase-key --patient dr-bob -k mercy
erase-key: error: this custodian keeps no records of 'dr-bob'
erase-key: hint: the patient's account here, as keygen --derive prints it
[1]
$ erase-key --patient alice -k eve
erase-key: error: a patient orders the erasure of her own records
erase-key: hint: leave out --patient
[2]
$ erase-key --patient alice --basis whim -k mercy
erase-key: error: --basis: 'whim' is none of request,not-needed,consent-withdrawn,objection,unlawful,legal-duty,child
[2]
$ echo nothing | verify-erasure -
verify-erasure: error: there is no certificate of erasure in it
verify-erasure: hint: give what erase-key printed
[1]
$ verify-erasure --vault certificate.txt -L nowhere
verify-erasure: error: there is no ledger in 'nowhere'
verify-erasure: hint: carechain init-ledger --solo -L nowhere
[3]
$ verify-erasure
verify-erasure: error: certificate is required
verify-erasure: hint: see verify-erasure --help
[2]
$ unset CARECHAIN_LEDGER
$ verify-erasure --vault certificate.txt
verify-erasure: error: --vault and --copy need the ledger, which says what to look for
verify-erasure: hint: verify-erasure -L DIR --vault CERTIFICATE
[2]
