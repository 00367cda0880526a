# Keys of openssl work here.
$ openssl genpkey -algorithm ed25519 -out theirs.pem
$ keygen --show ./theirs.pem --format text | grep -c '^did:key:z6Mk'
$ cp theirs.pem "$CARECHAIN_KEYS"/bob.pem
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ enroll-identity bob --role clinician -k mercy -L mercy | jq -c '[.type, .status, .data.name]'
$ echo 'secret of bob' > passphrase
$ openssl pkcs8 -topk8 -in theirs.pem -out locked.pem -scrypt -passout file:passphrase
$ head -1 locked.pem
$ [ "$(keygen --show ./locked.pem --passphrase-file passphrase)" = "$(keygen --show ./theirs.pem)" ]
$ openssl pkcs8 -topk8 -in theirs.pem -out locked2.pem -v2 aes-256-cbc -v2prf hmacWithSHA256 -passout file:passphrase
$ [ "$(keygen --show ./locked2.pem --passphrase-file passphrase)" = "$(keygen --show ./theirs.pem)" ]
$ openssl pkey -in theirs.pem -pubout -out public.pem
$ [ "$(keygen --show ./public.pem)" = "$(keygen --show ./theirs.pem)" ]
$ openssl genpkey -algorithm x25519 -out wrong.pem
$ keygen --show ./wrong.pem

# Keys of ours work in openssl.
$ keygen alice --format text
$ openssl pkey -in "$CARECHAIN_KEYS"/alice.pem -noout -text | head -1
$ echo 'hello' > message
$ openssl pkeyutl -sign -inkey "$CARECHAIN_KEYS"/alice.pem -rawin -in message -out signature
$ openssl pkeyutl -verify -inkey "$CARECHAIN_KEYS"/alice.pem -rawin -in message -sigfile signature
$ keygen --encrypt --passphrase-file passphrase --format text carol
$ openssl pkey -in "$CARECHAIN_KEYS"/carol.pem -passin file:passphrase -noout -text | head -1
