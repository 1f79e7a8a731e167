/**
 * What people build passwords from: the words, names and phrases that lead every published list of leaked passwords.
 * Compiled for this project from general knowledge; no third-party list is included. Combined with digits, signs,
 * capitals, leetspeak, repetition and each other (see password-policy.ts) they stand for far more than the 3,000
 * common passwords that ASVS 6.2.4 asks to refuse.
 */
const list = `
password passwort passwd motdepasse contrasena senha wachtwoord haslo parola salasana losenord pass passphrase passcode
admin administrator root user guest test tester testing demo default master manager system server service support
welcome login logon signin access secret private secure security safe unlock letmein openup opensesame enter changeme
change temp temporary please trustno trustnoone nothing something anything everything whatever nopassword mypassword
thisismypassword thisis iamthe myname hello hallo hola bonjour goodbye sunshine moonlight starlight iloveyou iloveu
loveyou loveme love lover lovely ilove mylove truelove forever always together hateyou fuckyou fuckme fuckoff fucking
fuck shit bitch asshole pussy sexy sex penis dick boobs naked porn hardcore playboy money cash dollar million rich
google facebook youtube twitter instagram linkedin yahoo hotmail gmail outlook amazon apple iphone android samsung nokia
microsoft windows linux ubuntu debian oracle cisco intel internet computer laptop keyboard monitor network wireless
database backup office website email mail company business employee boss work job home house family kitchen garden
splunk elastic kibana docker kubernetes jenkins github gitlab azure cloud devops developer engineer production staging
zugang sicherheit geheim schatz liebe hallowelt sommer winter fruehling herbst deutschland berlin hamburg muenchen wien
soleil amour chocolat bonheur azerty doudou loulou nicolas camille marseille paris france amor teamo corazon familia
futbol barcelona madrid espana mexico brasil flamengo corinthians palmeiras italia juventus milano napoli roma polska
monkey dragon tiger lion eagle falcon hawk raven phoenix wolf bear panther jaguar leopard cheetah elephant giraffe zebra
horse pony donkey mustang stallion buffalo bull bulldog puppy kitty kitten cat dog doggy hamster rabbit bunny turtle
snake cobra viper python spider scorpion butterfly dolphin shark whale penguin fish chicken turkey duck rooster pig cow
frog lizard gecko dinosaur unicorn pegasus griffin angel angels devil demon satan lucifer heaven hell god jesus christ
jesuschrist jesuslovesme godisgood blessed faith hope grace church bible prayer buddha allah krishna ganesh shiva
football baseball basketball soccer hockey tennis golf golfer rugby cricket volleyball softball bowling boxing wrestling
karate swimming skating skate surfing surfer skiing snowboard fishing hunting hunter racing racer running runner cycling
liverpool arsenal chelsea everton tottenham manchester manchesterunited manunited mancity celtic rangers realmadrid
bayern dortmund schalke ajax feyenoord fenerbahce galatasaray besiktas lakers celtics bulls knicks warriors cowboys
steelers packers patriots raiders broncos giants eagles yankees redsox dodgers cubs braves tigers lions bears dolphins
batman superman spiderman ironman wolverine hulk thor captain avengers marvel joker catwoman robin xmen starwars
startrek skywalker vader darthvader jedi yoda sith matrix neo trinity morpheus terminator gandalf frodo hobbit aragorn
legolas lordoftherings harrypotter hogwarts hermione dumbledore voldemort gryffindor slytherin pokemon pikachu charizard
naruto sasuke goku vegeta dragonball zelda mario luigi sonic tetris minecraft fortnite roblox warcraft starcraft diablo
counterstrike halo doom quake callofduty gamer games game player playstation nintendo xbox winner champion legend hero
killer ninja samurai warrior knight king queen prince princess duke baron emperor master wizard witch magic magician
ghost vampire zombie pirate ranger soldier sniper army navy marine marines airforce police sheriff detective agent
shadow darkness midnight night thunder lightning storm rain snow rainbow summer winter spring autumn sunset sunrise
sunny star stars moon sun mars venus jupiter saturn pluto galaxy universe cosmos planet earth world ocean river mountain
forest flower flowers rose roses lily daisy orchid tulip violet jasmine cherry apple banana orange lemon peach melon
strawberry blueberry raspberry chocolate vanilla cookie cookies cupcake candy sugar honey sweet sweetie sweetheart
coffee pepper ginger cinnamon cheese butter pizza burger bacon pancake noodle potato tomato carrot pumpkin peanut
whiskey vodka tequila guinness heineken budweiser corona beer wine ferrari porsche mercedes bmw audi volkswagen toyota
honda nissan mazda subaru suzuki yamaha kawasaki ducati harley harleydavidson corvette camaro mustang chevy chevrolet
dodge cadillac jaguar bentley lamborghini maserati bugatti lexus tesla volvo peugeot renault citroen fiat opel skoda
red blue green yellow orange purple pink black white brown grey silver gold golden bronze diamond crystal ruby emerald
sapphire pearl platinum titanium copper iron steel metal metallica slipknot nirvana eminem rihanna shakira beyonce
madonna beatles queen rammstein acdc ironmaiden blink linkinpark greenday coldplay guitar guitarist drummer music
musica rock rocknroll hiphop rapper techno dance dancer singer piano violin trumpet january february march april may
june july august september october november december monday tuesday wednesday thursday friday saturday sunday birthday
christmas halloween easter valentine holiday vacation weekend freedom liberty justice peace power energy fire flame ice
water wind fortune lucky luck charm dream dreamer dreams smile smiley happy happiness crazy funny silly stupid idiot
loser lazy angry rebel rebels outlaw maverick cowboy indian apache cherokee viking spartan trojan roman gladiator
america american usa canada australia england english britain london newyork chicago boston dallas houston denver
phoenix miami orlando vegas lasvegas california texas florida hawaii alaska jordan egypt india pakistan china japan
tokyo korea russia moscow ireland scotland wales holland amsterdam sweden norway finland denmark poland turkey istanbul
alexander alexandra alexis alice amanda amber amelia andrea andreas andrew angela angelina anna anne annie anthony
antonio arthur ashley austin barbara beatrice benjamin bernard beth brandon brian brittany brooke bryan caroline carlos
carmen catherine charles charlie charlotte chris christian christina christine christopher claire claudia cody colin
connor courtney crystal cynthia daniel daniela danielle david deborah dennis derek diana diego dominic donald dorothy
douglas dylan edward elena elizabeth emily emma eric erica ethan eugene evelyn fabian felix fernando florian francesca
francis francisco frank frederick gabriel gabriela gemma george gerald gloria gordon grace gregory hannah harold harry
heather heidi helen henry howard hunter ian isabel isabella isaac jack jackson jacob jake james jamie jane janet jasmine
jason jean jeffrey jennifer jenny jeremy jerome jesse jessica joan joanna john johnny jonathan jordan jorge jose joseph
joshua juan judith julia julian julie justin karen karin katherine kathleen katie keith kelly kenneth kevin kimberly
kristin kyle laura lauren leonard leonardo leslie liam linda lisa logan louis louise lucas lucy luis lukas madison
manuel marco marcus margaret maria marie marina mario mark markus martin martina mary mason mathew matthew maurice
max maximilian megan melanie melissa mercedes michael michaela michele michelle miguel mike mohamed mohammed monica
monika morgan nadine nancy natalie natasha nathan nicholas nicole nikita nina noah norman oliver olivia oscar pamela
patricia patrick paul paula peter philip philipp phillip rachel ralph raymond rebecca regina renate ricardo richard
robert roberta roland ronald rosemary roxanne russell ruth ryan sabine sabrina samantha samuel sandra sara sarah scott
sebastian sergio shannon sharon shirley silvia simon simone sophia sophie stefan stefanie stella stephanie stephen
steven stewart susan svetlana sylvia tamara tatiana taylor teresa theodore theresa thomas tiffany timothy tobias tommy
tony tracy trevor tyler ulrike ursula valentina valerie vanessa veronica victor victoria vincent virginia vladimir
walter wendy werner william wolfgang xavier yvonne zachary baby babygirl babyboy babydoll girl girls boy boys man woman
lady mommy mother father daddy dad mom mama papa brother sister grandma grandpa uncle aunt cousin friend friends
bestfriend boyfriend girlfriend husband wife son daughter children teacher student school college university doctor
nurse lawyer pilot driver farmer builder plumber carpenter mechanic electrician accountant president minister captain
pookie pumpkin muffin princess1 buttercup cupcake snuggles snoopy scooby scoobydoo garfield tweety bugsbunny mickey
minnie mickeymouse disney simpsons homer bart southpark cartman spongebob shrek nemo simba bambi pooh winniethepooh
tinkerbell cinderella pocahontas mulan aladdin peterpan barbie hellokitty abc abcd xyz asdf qwer qwert qwerty qwertz
zxcv zxcvbn aaa asd qaz wsx edc the and you for not are was this that with from have your all new one two three four
five six seven eight nine ten zero hundred thousand number first second third last best super mega ultra hyper turbo
extreme maximum total big little small great good bad evil cool hot cold fast slow young old free open close start stop
yes no never ever again today tomorrow yesterday correct horse battery staple correcthorsebatterystaple computer1
unbelievable incredible impossible fantastic wonderful beautiful gorgeous awesome amazing perfect special important
information technology management marketing sales finance account customer consultant director executive secretary
`;

/** In the form that the policy compares: lower-case letters. */
export const commonWords: ReadonlySet<string> = new Set(
  list
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/\d/g, '')),
);
