# Two hospitals seal one ledger, each in a copy of its own: what one has and the other lacks goes through pipes.
$ set -o pipefail
$ for name in mercy south alice; do keygen $name --format text --quiet; done
did:key:z6MkpK13zBgBg3iBTBTTHBnZseHrVdZg6aJ1Jv6zdv6SyJuL
did:key:z6Mkm5DGUSzhZBqMMFMuT932LnsLB6qigBhyVx1VW4B2ntBe
did:key:z6MktRRci7CQgV42Ei3FvNF1j31QGN8NPoGh97Cpz6VP4eXd
$ printf 'name: two hospitals\nsealers: [mercy, south]\nconsensus: {spacing: 60, half_life: 3600, target: "0x207fffff"}\n' > two.yaml
$ printf 'members:\n  - {name: mercy, key: mercy, roles: [registrar, hospital]}\n  - {name: south, key: south, roles: [hospital]}\n' >> two.yaml
$ init-ledger -L mercy two.yaml | jq -r .type
ledger
$ enroll-identity alice --role clinician -k mercy -L mercy | jq -r .status
pending
$ mine -k mercy -L mercy | jq .height
1

# A new copy is the whole chain, checked block by block; it has nobody's secrets in it.
$ send-blocks --all -L mercy | adopt-blocks --new -L south --format text
blocks.adopted
  height         1
  block          61fbfbfacf3f7fbcaa50c611a04fe47eb7e82c52c44b16133e4224feac6503b1
  time           2023-11-14T22:21:20Z
  ledger         9c1e2aae9fcfd98ec63bcde1527b0bc030616389f58aea876c28cf5a897b91e9
  decision       adopted
  pin            1:61fbfbfacf3f7fbcaa50c611a04fe47eb7e82c52c44b16133e4224feac6503b1
  added          2
  known          0
  not_kept       0
  fork           null
  left_behind    0
  pending_again  0
$ ls south
blocks
index
lock
pending.lock
vault
$ verify-chain -L south | jq -r .data.decision
sound

# One goes on, the other follows. The request names blocks, and only what is behind them comes.
$ mine --empty -k mercy -L mercy | jq .height
2
$ request-blocks -L south | jq -c '{type, height, have: (.data.have | length)}'
{"type":"blocks.request","height":1,"have":2}
$ request-blocks -L south | send-blocks -L mercy | wc -c
269
$ request-blocks -L south | send-blocks -L mercy | adopt-blocks -L south | jq -c .data
{"decision":"adopted","pin":"2:78bdd10caa08d0c3210de955756943ad6c3f6d92474cdc935d7eb3a13c4fad80","added":1,"known":0,"not_kept":0,"fork":null,"left_behind":0,"pending_again":0}
$ request-blocks -L south | send-blocks -L mercy | adopt-blocks -L south | jq -r .data.decision
known

# Both seal at the same time. North has more work: its branch is the chain for both, and what south had sealed is pending
# there again.
$ mine --empty -k mercy -L mercy | jq .height
3
$ mine --empty -k mercy -L mercy | jq .height
4
$ keygen bob --format text --quiet
did:key:z6MkkDmQZwPtZJFXpjUd7f1Kg5VBJbBzWnjKp7SrGTj4s1nP
$ enroll-identity bob --role nurse -k south -L south | jq -r .status
pending
$ mine -k south -L south | jq -c '[.height, .data.transactions]'
[3,1]
$ pin=$(show-chain --head -L south | jq -r .data.pin)
$ request-blocks -L south | send-blocks -L mercy | adopt-blocks --expect $pin -L south
adopt-blocks: error: block 3 is not the pinned one
[1]
$ request-blocks -L south | send-blocks -L mercy | adopt-blocks -L south --format text
blocks.adopted
  height         4
  block          0122b10a61681fe4e5bbaad97752999196367b74f25519eff67df73d20164e84
  time           2023-11-14T22:36:20Z
  ledger         9c1e2aae9fcfd98ec63bcde1527b0bc030616389f58aea876c28cf5a897b91e9
  decision       adopted
  pin            4:0122b10a61681fe4e5bbaad97752999196367b74f25519eff67df73d20164e84
  added          2
  known          0
  not_kept       0
  fork           2:78bdd10caa08d0c3210de955756943ad6c3f6d92474cdc935d7eb3a13c4fad80
  left_behind    1
  pending_again  1
$ list pending -L south | jq -r .type
identity.enroll
$ verify-chain -L south --format text | tail -16
            2023-11-14T22:30:20Z
checked     5 blocks, 1 transactions, 1 operations
  frame                5  segments, frames and checksums
  encoding             5  one encoding for one meaning
  links                5  heights, previous hashes, history root
  work                 5  proof of work against the target the rules demand
  time                 5  header times
  sealer               5  sealers permitted at their height
  seal                 4  sealers' signatures
  merkle               5  transactions roots
  signature            1  transactions' signatures
  permission           1  signers permitted, every operation replayed
  state                5  state digests
  index               14  index equals chain
left behind 1 block of branches that this chain outweighs
sound
$ verify-chain -L south --expect $pin | jq -r .reason
block 3: pin: block 3 is 8045b6a1ac4263afd8719cd2947fd84c0a1ae4e466f05216274a7100a21ad962, not the pinned one
[1]
$ mine -k south -L south | jq -c '[.height, .data.transactions]'
[5,1]
$ request-blocks -L mercy | send-blocks -L south | adopt-blocks -L mercy | jq -c '.data | {decision, added, left_behind}'
{"decision":"adopted","added":1,"left_behind":0}
$ list identities -L mercy | jq -r .data.name
bob
south
mercy
alice
$ cmp <(show-chain -L mercy) <(show-chain -L south) && echo the same
the same

# Blocks on a stick; and a branch with less work is not kept.
$ mine --empty -k south -L south | jq .height
6
$ mine --empty -k mercy -L mercy | jq .height
6
$ mine --empty -k mercy -L mercy | jq .height
7
$ adopt-blocks -L mercy south/blocks/000000.blk --format text
blocks.adopted
  reason         this chain outweighs the other branch
  height         7
  block          7a36c31f9ddc896b953cea63d80d74b76b1d6f08c1d60fcdb4b27d678dc4ac8b
  time           2023-11-14T22:47:20Z
  ledger         9c1e2aae9fcfd98ec63bcde1527b0bc030616389f58aea876c28cf5a897b91e9
  decision       kept
  pin            7:7a36c31f9ddc896b953cea63d80d74b76b1d6f08c1d60fcdb4b27d678dc4ac8b
  added          0
  known          6
  not_kept       2
  fork           null
  left_behind    0
  pending_again  0

# The segments of a copy hold what it left behind. In a stream that can't be told apart; send-blocks writes the chain alone.
$ cat south/blocks/*.blk | verify-chain -
verify-chain: error: the stream holds a second block 3: only in a ledger directory branches can be told apart
verify-chain: hint: carechain send-blocks --all -L DIR | carechain verify-chain -
[3]
$ send-blocks --all -L south | verify-chain - | jq -r .data.decision
sound

# 1: blocks that are altered, of another ledger, or too far ahead.
$ init-ledger --solo -L other --quiet | jq -r .type
ledger
$ send-blocks --all -L other > blocks
$ adopt-blocks -L south < blocks
adopt-blocks: error: these blocks are of another ledger
[1]
$ request-blocks -L other | send-blocks -L south
send-blocks: error: line 1: the request is of another ledger
[1]
$ adopt-blocks --new -L south < blocks
adopt-blocks: error: there is a ledger in 'south' already
adopt-blocks: hint: leave out --new
[1]
$ echo '{"type":"access.request"}' | send-blocks -L mercy
send-blocks: error: line 1: this is not what request-blocks writes
send-blocks: hint: request-blocks -L MINE | send-blocks -L DIR
[1]
$ send-blocks -L mercy < /dev/null
send-blocks: error: there is no request on stdin
send-blocks: hint: request-blocks -L MINE | send-blocks -L DIR, or send-blocks --all
[1]
$ adopt-blocks --new -L empty < /dev/null
adopt-blocks: error: no block 0 came
adopt-blocks: hint: send-blocks --all -L OTHER | adopt-blocks --new -L empty
[1]
$ ls empty
ls: cannot access 'empty': No such file or directory
[2]

# 2
$ adopt-blocks -L south --expect 12
adopt-blocks: error: --expect '12' is not a pin
adopt-blocks: hint: HEIGHT:HASH, as show-chain --head prints it
[2]
$ request-blocks -L south | send-blocks -L mercy | adopt-blocks --expect $(show-chain --head -L south | jq -r .data.pin) --expect 13 -L south
adopt-blocks: error: --expect '13' is not a pin
adopt-blocks: hint: HEIGHT:HASH, as show-chain --head prints it
[2]
$ send-blocks
send-blocks: error: --ledger is required
send-blocks: hint: give --ledger, or set CARECHAIN_LEDGER
[2]
$ request-blocks mercy -L mercy
request-blocks: error: unexpected operand 'mercy'
request-blocks: hint: see request-blocks --help
[2]

# 3: what came is cut; what was whole is taken in.
$ request-blocks -L south | send-blocks -L mercy | adopt-blocks -L south | jq -c '.data | {decision, added, left_behind}'
{"decision":"adopted","added":2,"left_behind":1}
$ for n in 1 2; do mine --empty -k mercy -L mercy | jq .height; done
8
9
$ request-blocks -L south | send-blocks -L mercy | head -c 300 | adopt-blocks -L south
adopt-blocks: error: the blocks that came are damaged at byte 269: the frame ends early
adopt-blocks: hint: what came before was taken in; ask again
[3]
$ show-chain --head -L south | jq .height
8
$ request-blocks -L nowhere
request-blocks: error: there is no ledger in 'nowhere'
request-blocks: hint: carechain init-ledger --solo -L nowhere
[3]
$ adopt-blocks -L nowhere < /dev/null
adopt-blocks: error: there is no ledger in 'nowhere'
adopt-blocks: hint: --new makes a copy there
[3]
$ adopt-blocks -L south nowhere.blk
adopt-blocks: error: cannot open nowhere.blk: No such file or directory
[3]
$ verify-chain -L south | jq -r .data.decision
sound
