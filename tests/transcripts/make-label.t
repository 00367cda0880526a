# Labels: what they say comes from the command line, a scan, or the ledger.
$ make-label '(01)00300010123455(21)11' --lot A123 --expiry 2027-03-31 --name Epcistra | jq -r '.data | .elements, .digital_link'
(01)00300010123455(17)270331(10)A123(21)11
https://id.gs1.org/01/00300010123455/10/A123/21/11?17=270331
$ make-label $']d201003000101234552111\x1d10A123' --codes datamatrix --format text
██████████████████████████
██████████████████████████
████ ▀▄█ █ █▄█▄█▄█▄▀▄▀████
████ █▀▀▄██▀█ ▄█▄█   ▀████
████ ▄▄█▀▄▀▀▀▄▄█▄█ ▄█▀████
████ █ ▀██▀██▀▀▀ ▄█▀▄▀████
████  █▀█▄▀▄▄▀▀▀███▄▄▀████
████ ▄▄ ██▀▄█ ▄ ▀▄▀▀▄▀████
████ █▀▀██▀▄▄▄▄█ █▄ █▀████
████ ▀█ ▄█ █ ▄█▀ ▄█▄▄▀████
████ ▀ ▀▀▀ ▀ ▀  ▀  ▀ ▀████
██████████████████████████
██████████████████████████
    GTIN 00300010123455
    SN 11
    LOT A123
$ make-label 00300010123455 --serial 11 --codes qr --paper --format text
                                     
                                     
    █▀▀▀▀▀█ ▄▄█▄▀▀█▄▀▄ ▄█ █▀▀▀▀▀█    
    █ ███ █  ▀▄████▄▀ ▀▀  █ ███ █    
    █ ▀▀▀ █ ▀▄  ▀▄▀ ▄█ ██ █ ▀▀▀ █    
    ▀▀▀▀▀▀▀ ▀▄█ ▀▄█▄█▄▀▄▀ ▀▀▀▀▀▀▀    
    █ █ ▀ ▀    ▄▀ █▄▀▄▀   ▄ ▀▄ ▀▄    
     ▀█▄ █▀ ▀▀ ▀█▀ ▄▀██▄▀ █▀  ▀█▀    
     ▄▀▄▀▄▀▀█ ▀▄▀▄ █▄▄▀   █  █ ▀█    
    ▀██ █ ▀▀ █  █▄█▄▀▄▀ ▄ ▀ ▄█ █▀    
    ▀▄  ██▀▄ ▄▀▀▄ ██▀▄▀▀▀▄█▄ █▄▀█    
    ▀▄▄█▀ ▀▄ █ ▀█▀ ███  ▄█▄ ▀▄ █▀    
    ▀ ▀  ▀▀ ▄▀█▀▀▄ ▀ ▄▄▄█▀▀▀█ ▄▄▄    
    █▀▀▀▀▀█  ▀ ▄█▄██ ▀█▀█ ▀ ██ ██    
    █ ███ █ ▀▄▀▄▀▄█▄▀▀▀▄█▀▀██ ▄▀▀    
    █ ▀▀▀ █ ▀▀▄▄ ██▄  █ █ ▄▀▀▀ ▄▀    
    ▀▀▀▀▀▀▀ ▀▀  ▀  ▀ ▀▀▀▀▀     ▀▀    
                                     
                                     
    GTIN 00300010123455
    SN 11
$ make-label 00300010123455 --serial 11 --made 2024-02-29 --at 0300011111116 --time 2024-02-29T12:30:00Z --name '<Epcistra>' -o label.svg --format text
<Epcistra>
GTIN 00300010123455
SN 11
MFD 2024-02-29
MADE AT 0300011111116
MADE ON 2024-02-29T12:30:00Z
$ grep '<text' label.svg
<text x="4" y="48">&lt;Epcistra&gt;</text>
<text x="4" y="53">GTIN 00300010123455</text>
<text x="4" y="58">SN 11</text>
<text x="4" y="63">MFD 2024-02-29</text>
<text x="4" y="68">MADE AT 0300011111116</text>
<text x="4" y="73">MADE ON 2024-02-29T12:30:00Z</text>
$ make-label 00300010123455 --serial 11 -o label.png | jq -r .data.file; file -b label.png
label.png
PNG image data, 228 x 196, 8-bit grayscale, non-interlaced

# With a ledger: a unit that was commissioned, its lot, and one that is still to be.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ keygen acme > keygen.txt
$ enroll-identity acme --role manufacturer --gln 0300011111116 -k mercy | jq -r .type
identity.enroll
$ register-product --prefix 030001 --holder acme -k mercy | jq -r .type
drug.prefix
$ register-product 00300010123455 --name Epcistra --ndc 0001-0123-45 -k acme | jq -r .type
drug.product
$ move-drug --step commissioning '(01)00300010123455(21)11(10)A123(17)270331(11)240229' '(01)00300010123455(21)12' --made 2024-02-29 -k acme | jq -r .type
drug.event
$ make-label '(01)00300010123455(21)11' --format text -o label.png
Epcistra
GTIN 00300010123455
SN 11
LOT A123
MFD 2024-02-29
EXP 2027-03-31
MADE AT 0300011111116
MADE ON 2023-11-14T22:26:20Z
$ make-label '(01)00300010123455(10)A123' | jq -r .data.elements
(01)00300010123455(11)240229(17)270331(10)A123
$ make-label '(01)00300010123455(21)14(10)A124(17)280331' | jq -r '.data | .name, .elements'
Epcistra
(01)00300010123455(17)280331(10)A124(21)14

# No: it is malformed, unknown, contradicts itself or the ledger, or the thing is no more.
$ make-label '(01)00300010123456(21)11'
make-label: error: (01) '00300010123456': INCORRECT_CHECK_DIGIT
[1]
$ make-label '(01)00300010123455(21)14'
make-label: error: the ledger knows no 01/00300010123455/21/14
make-label: hint: --lot and --expiry for a unit that is still to be commissioned
[1]
$ make-label '(01)00300010123455(21)11' --lot B999
make-label: error: the ledger says lot A123, the label B999
[1]
$ make-label '(01)00300010123455(21)11' --serial 12
make-label: error: the command line says serial 12, the label 11
[1]
$ make-label '(21)11' --lot B999 --expiry 2027-03-31
make-label: error: (17) needs (01) beside it
[1]
$ move-drug --step destroying '(01)00300010123455(21)12' -k acme | jq -r .type
drug.event
$ make-label '(01)00300010123455(21)12'
make-label: error: 01/00300010123455/21/12 is destroyed: it gets no label again
[1]

# A command line that makes no sense: 2. Could not find out: 3.
$ make-label
make-label: error: thing is required
make-label: hint: see make-label --help
[2]
$ make-label 00300010123455 --serial 11 --lot A --expiry 2027-03-31 -o label.gif
make-label: error: 'label.gif' doesn't say what kind of picture it is
make-label: hint: --as png
[2]
$ make-label '(01)00300010123455(21)11' -o nowhere/label.png
make-label: error: cannot create nowhere/label.png: No such file or directory
[3]
$ make-label '(01)00300010123455(21)11' -L nowhere
make-label: error: there is no ledger in 'nowhere'
make-label: hint: carechain init-ledger --solo -L nowhere
[3]
