# An identity: made once, never replaced, readable by its owner only.
$ keygen alice | jq -c '{type, id, file: .data.file}'
{"type":"key","id":"did:key:z6Mkrmvh4aAK6FyJ9X7zwgm3zyeT36cJLVz67GPCAnhoruUD","file":"~/../keys/alice.pem"}
$ stat -c '%a %n' "$CARECHAIN_KEYS"/alice.pem
600 ~/../keys/alice.pem
$ head -1 "$CARECHAIN_KEYS"/alice.pem
-----BEGIN PRIVATE KEY-----
$ keygen alice
keygen: error: '~/../keys/alice.pem' exists already; it is never replaced
keygen: hint: choose another name
[1]
$ keygen --show alice --format text
did:key:z6Mkrmvh4aAK6FyJ9X7zwgm3zyeT36cJLVz67GPCAnhoruUD
$ keygen -o bob.pem --format text
did:key:z6MkuT9MxGCozTfT1fQamGKc4SU4wQyvDGRPiyj2yVwybzv5
$ keygen --show ./bob.pem --format text
did:key:z6MkuT9MxGCozTfT1fQamGKc4SU4wQyvDGRPiyj2yVwybzv5

# Encrypted: nothing of it without the passphrase.
$ echo 'correct horse battery staple' > passphrase
$ keygen --encrypt --passphrase-file passphrase --format text carol
did:key:z6MkmWeMYekpBWgmpVkfHHeLPEoLVZXH9FAg8Ps6NQTXNE6o
$ head -1 "$CARECHAIN_KEYS"/carol.pem
-----BEGIN ENCRYPTED PRIVATE KEY-----
$ keygen --show carol --passphrase-file passphrase --format text
did:key:z6MkmWeMYekpBWgmpVkfHHeLPEoLVZXH9FAg8Ps6NQTXNE6o
$ echo 'wrong' > passphrase
$ keygen --show carol --passphrase-file passphrase
keygen: error: ~/../keys/carol.pem: wrong passphrase
[3]
$ keygen --encrypt dave
keygen: error: there is no passphrase to encrypt with
keygen: hint: --passphrase-file FILE, or run it on a terminal
[3]

# A patient shows another account to each custodian; nobody can tell that they belong together.
$ init-ledger --solo -L mercy --format text | head -1
init-ledger: made the key 'mercy' in ~/../keys/mercy.pem
ledger  sealed  a77c8d6ee9373a901d0e9c3bd0c343d895c053bfe1ccadb563e8be88fd65e960
$ init-ledger --solo -L stmary --format text | head -1
init-ledger: made the key 'stmary' in ~/../keys/stmary.pem
ledger  sealed  ea83ded1ab5095018ff88523c1cd37ee2f93a8cf9c06db2f8173ae031a83ef5f
$ keygen --derive alice --for mercy -L mercy --format text
did:key:z6Mkf51nu4Q5TovcmE9BP9epjoE3wS6aubxtYWymi9aVtCic
$ keygen --derive alice --for mercy -L mercy | jq -c .type,.data
"pairwise"
{"name":"alice","did":"did:key:z6Mkf51nu4Q5TovcmE9BP9epjoE3wS6aubxtYWymi9aVtCic"}
$ keygen --derive alice --for stmary -L stmary --format text
did:key:z6MkgtwiJLoNruRw9rCdD2tfcRFr9s7h8aEVNbGFTtdRHKWH
$ keygen --derive alice --for mercyy -L mercy
keygen: error: there is nobody called 'mercyy': neither on the ledger nor among the key files
keygen: hint: did you mean 'mercy'?
[1]
$ keygen --derive alice
keygen: error: --derive needs --for WHO and the ledger
keygen: hint: keygen --derive alice --for mercy -L demo
[2]

# What can't be.
$ keygen --show alcie
keygen: error: there is no key 'alcie' in ~/../keys
keygen: hint: did you mean alice?
[3]
$ keygen
keygen: error: a name is missing
keygen: hint: keygen alice
[2]
$ keygen 'a b'
keygen: error: 'a b' can't be the name of a key
keygen: hint: letters, digits and hyphens; or -o FILE
[2]
$ keygen --shwo alice
keygen: error: unknown option --shwo
keygen: hint: did you mean --show?
[2]
$ keygen -o nowhere/key.pem
keygen: error: cannot create nowhere/key.pem: No such file or directory
[3]
