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
block  sealed  21333e586d3a82864e3fec5210e5d3c26b0e4637a351234c9c130d3133cb4e6f
$ grant --to dr-bob --scope 'patient/*.rs' -k alice | jq -r .type
access.grant
$ grant --to dr-bob --scope 'patient/*.rs' -k eve | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  2c05bc27fed70676d7067d8e2a18547b3992ba0170732474bf175eff81dfc3f7
$ request-access $(cat record) -k dr-bob | release-record -k mercy | open-record -k dr-bob | cmp - $EXAMPLES/bundle.json && echo the same
the same
$ mine --format text | head -1
block  sealed  3b918a0b751c30f0c3c2e1d0917489919658d5ae0106f8b590d888881c69551a

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
block  sealed  05e362c4c3d5c61f818e32832da68e89cb1b5348493c2414008bf430b785a25b
$ erase-key --record $(cat second) -k mercy > second.json
$ jq -c '[.type, .status, (.data | {complete, record_count, from_epoch, to_epoch, recipients})]' second.json
["erasure.certificate","pending",{"complete":true,"record_count":"1","from_epoch":"1","to_epoch":"2","recipients":[]}]
$ mine --format text | head -1
block  sealed  64409bd5ce858cafe490c8b3912a2af72a058e2902d57d5b922b58f6da8b7679
$ verify-erasure --vault second.json --format text
order        e12a419297168c99030a217781efda03d341860fd517f331dec2e51d46378b85.0
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
block  sealed  491f54ce7edae3bb2af3ab1cfbb886f3d48e0a2c0c5912fdda94db8d1bcd0b77
$ erase-key --patient alice -k mercy --format text > certificate.txt
$ sed '/-----/,$d' certificate.txt
CERTIFICATE OF ERASURE: COMPLETE
ledger      3c462f96c0ca78039d809c05e06327f151dc7f3b0b1cef350fcb696a1e75926b
custodian   mercy (did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL)
patient     did:key:z6Mkqk59t9T3tYKuGs4TcPCEGxpjmdRsuuJzMC5DWwCFm9Xy
scope       everything of hers: 2 records
order       eb9a29ba2bfbf316bc296c44cb4b5d21e5fbfd1f5f547f18b0238b36ac7947d3.0
            by mercy (did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL), in block 6 (request)
destroyed   2023-11-14T22:43:20Z, key 00044961dec9016d6ce077d660be84fd2ace44fd6cf950548e3c18dc70abdb38
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
block  sealed  854ec33c7ccc751f7a075ba61bb8a482959b448eb73938eed637c8b4ef3099b6
$ ls "$CARECHAIN_KEYS" | sed 's/vault-.*-/vault-ID-/'
alice.pem
dr-bob.pem
eve.pem
mercy.pem
vault-ID-000003.epoch
$ request-access $(cat record) -k alice | release-record -k mercy | open-record -k alice
release-record: 071694dc5fe29490: its keys are destroyed, or ordered to be
open-record: error: record 071694dc5fe29490 was refused: its keys are destroyed, or ordered to be
[1]
$ request-access $(cat eve) -k dr-bob | release-record -k mercy | open-record -k dr-bob
about eve
$ verify-erasure --vault --copy backup certificate.txt
{"v":1,"type":"erasure.verification","id":"eb9a29ba2bfbf316bc296c44cb4b5d21e5fbfd1f5f547f18b0238b36ac7947d3.0","ids":["eb9a29ba2bfbf316bc296c44cb4b5d21e5fbfd1f5f547f18b0238b36ac7947d3.0"],"tx":null,"status":null,"height":null,"block":null,"time":"2023-11-14T22:49:20Z","signer":"did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL","ledger":"3c462f96c0ca78039d809c05e06327f151dc7f3b0b1cef350fcb696a1e75926b","reason":null,"data":{"decision":"erased","complete":true,"levels":[{"level":"certificate","holds":true,"faults":[],"remarks":[],"unclear":null},{"level":"chain","holds":true,"faults":[],"remarks":[],"unclear":null},{"level":"vault","holds":true,"faults":[],"remarks":[],"unclear":null},{"level":"copy backup","holds":true,"faults":[],"remarks":["of it lie here, ciphertexts: 1, capsules: 2; no key here opens them","her key lies here, locked with a master key that is not here"],"unclear":null}]},"cose":null}
$ verify-erasure certificate.txt --format text
order        eb9a29ba2bfbf316bc296c44cb4b5d21e5fbfd1f5f547f18b0238b36ac7947d3.0
certificate  holds
chain        holds
not checked  vault
erased
$ erase-key --patient alice -k mercy | verify-erasure - | jq -r .data.decision
erased
$ verify-chain --vault --format text | tail -3
erased      e12a419297168c99030a217781efda03d341860fd517f331dec2e51d46378b85.0, certificate in order
erased      eb9a29ba2bfbf316bc296c44cb4b5d21e5fbfd1f5f547f18b0238b36ac7947d3.0, certificate in order
sound

# The backup does not open: its vault's key is gone.
$ request-access $(cat record) -k alice -L backup | release-record -k mercy -L backup
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
             a capsule of record 071694dc5fe294908451391a69fb4e92f7018f87de236c5bbf052960b7555f40.0 still opens, for DID
             a capsule of record 071694dc5fe294908451391a69fb4e92f7018f87de236c5bbf052960b7555f40.0 still opens, for DID
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
block  sealed  4deccefcd0359e3df6a78fae2d864fc271b1742d85460f060f7ca7fe574909da
$ erase-key -k mercy | jq -c '[.type, .data.complete]'
["erasure.certificate",true]
$ mine --format text | head -1
block  sealed  9310cfd0b3bf77de48ab337385e20a22cd4302d77c80294f76bbfdaffcc5b633

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
