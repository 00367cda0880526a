# Keys of openssl work here.
$ openssl genpkey -algorithm ed25519 -out theirs.pem
$ keygen --show ./theirs.pem --format text | grep -c '^did:key:z6Mk'
1
$ cp theirs.pem "$CARECHAIN_KEYS"/bob.pem
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ enroll-identity bob --role clinician -k mercy -L mercy | jq -c '[.type, .status, .data.name]'
["identity.enroll","pending","bob"]
$ echo 'secret of bob' > passphrase
$ openssl pkcs8 -topk8 -in theirs.pem -out locked.pem -scrypt -passout file:passphrase
$ head -1 locked.pem
-----BEGIN ENCRYPTED PRIVATE KEY-----
$ [ "$(keygen --show ./locked.pem --passphrase-file passphrase --format text)" = "$(keygen --show ./theirs.pem --format text)" ]
$ openssl pkcs8 -topk8 -in theirs.pem -out locked2.pem -v2 aes-256-cbc -v2prf hmacWithSHA256 -passout file:passphrase
$ [ "$(keygen --show ./locked2.pem --passphrase-file passphrase --format text)" = "$(keygen --show ./theirs.pem --format text)" ]
$ openssl pkey -in theirs.pem -pubout -out public.pem
$ [ "$(keygen --show ./public.pem --format text)" = "$(keygen --show ./theirs.pem --format text)" ]
$ openssl genpkey -algorithm x25519 -out wrong.pem
$ keygen --show ./wrong.pem
keygen: error: ./wrong.pem: this is a key of type X25519, an Ed25519 key is needed
keygen: hint: openssl genpkey -algorithm ed25519
[3]

# Keys of ours work in openssl.
$ keygen alice --format text
did:key:z6MkmKcFjfdmFJtyc2dGSojy1Mcjnyx8XWxmM6WwxnHmpanu
$ openssl pkey -in "$CARECHAIN_KEYS"/alice.pem -noout -text | head -1
ED25519 Private-Key:
$ echo 'hello' > message
$ openssl pkeyutl -sign -inkey "$CARECHAIN_KEYS"/alice.pem -rawin -in message -out signature
$ openssl pkeyutl -verify -inkey "$CARECHAIN_KEYS"/alice.pem -rawin -in message -sigfile signature
Signature Verified Successfully
$ keygen --encrypt --passphrase-file passphrase --format text carol
did:key:z6MkmWeMYekpBWgmpVkfHHeLPEoLVZXH9FAg8Ps6NQTXNE6o
$ openssl pkey -in "$CARECHAIN_KEYS"/carol.pem -passin file:passphrase -noout -text | head -1
ED25519 Private-Key:
