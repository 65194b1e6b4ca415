"""Word lists for telling whether English words make an assertion; see `english.py`."""

from __future__ import annotations

SURE = frozenset(
    """
    is are was were am be been has have had does do did will would can could may might must shall
    should cannot isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't
    wouldn't can't couldn't mustn't shouldn't it's that's there's here's they're we're you're i'm
    we've they've we'll they'll let's arose ate awoke became began bent bit bled blew bought broke
    brought built burnt came caught chose clung crept dealt drank drew drove dug fed fell felt
    flew forgave forgot fought froze gave got grew heard held hid hung kept knew laid leapt learnt
    led lent lit lost made meant met mistook outgrew overcame overtook paid proved ran rang rode
    rose said sang sank sat saw sent shook shone shot shrank slept slid sold sought spent spoke
    sprang spun stole stood stuck strode strove struck stung swam swept swore swung taught thought
    threw told took tore undertook understood undid upheld wept went withdrew withheld withstood
    woke won wore wove wrote bred clad fled flung foresaw overran overthrew sped spilt spoilt
    stank strewn swelled wound wrung rebuilt resold reset lies lays sends brings gives takes makes
    becomes comes goes keeps gets sees knows thinks feels means says tells asks finds loses wins
    sells buys pays spends earns owns owes lends borrows builds grows falls rises shrinks widens
    narrows deepens slows speeds doubles triples halves lags lingers remains stays seems appears
    proves depends relies belongs exists happens occurs arises follows precedes exceeds outnumbers
    outweighs outpaces outstrips undercuts underlies surpasses matches meets allows enables lets
    permits prevents forbids forces compels obliges requires demands deserves expects hopes fears
    believes argues contends maintains insists suggests implies indicates confirms denies refuses
    rejects accepts admits agrees disagrees approves opposes includes contains comprises consists
    covers spans reaches extends stretches stems derives creates destroys threatens weakens
    strengthens undermines erodes improves worsens reduces increases decreases lowers raises lifts
    boosts drives pushes pulls draws attracts repels protects defends harms hurts helps hinders
    hampers serves provides produces generates delivers absorbs consumes wastes saves adds
    subtracts multiplies divides joins connects separates splits unites binds breaks mends fixes
    solves answers explains describes teaches learns reads writes speaks hears listens obeys leads
    begins ends starts stops continues persists endures lasts vanishes disappears emerges returns
    leaves enters arrives departs moves turns opens closes explodes collapses recovers rebounds
    stagnates stabilises stabilizes accelerates declines dwindles thrives suffers struggles fails
    succeeds survives dies lives carries bears holds stands sits runs eats fits suits counts
    weighs lacks overlaps conflicts contradicts varies differs diverges outpace overtake overtakes
    outdo outdoes outlive outlives outperform outperforms outrun converges hinges dominates
    prevails governs rules decides chooses selects favours favors prefers
    """.split()
)  # fmt: skip
"""Forms that are verbs wherever they stand, or nearly so."""

MAYBE = frozenset(
    """
    account accounts act acts affect affects aid aids aim aims alarm alarms answer answers appeal
    appeals approach approaches arm arms arrest attack attacks attempt attempts average averages
    back backs balance balances bank banks bar bars base bases bear beat beats begin benefit
    benefits bet bid bids bind bite block blocks bloom board boards boost border borders break
    breaks breed bridge bridges bring build burden burdens burn burns burst buy call calls care
    cares carry cast casts catch cause causes challenge challenges change changes charge charges
    check checks claim claims clash clashes climb climbs close closes collect combine come command
    commands complain compete concern concerns conflict connect consume contact contacts continue
    contract contracts contrast contribute control controls cool cools cost costs count counts
    cover covers crash crashes create cross crosses crush cure cures cut cuts damage damages date
    dates deal deals debate debates decay decide decline declines decrease decreases defend delay
    delays deliver demand demands deny depend deserve design designs desire detail differ direct
    discount display displays dispute disputes divide do dominate double doubt doubts draft drain
    drains draw draws dream dreams drift drifts drill drink drive drives drop drops earn ease
    eases eat echo echoes edge edges embrace emerge empty end ends enjoy ensure enter escape
    escapes estimate estimates exceed exchange exchanges exercise exercises exhaust exist expand
    expect experience experiences explain exploit export exports express extend face faces fail
    fall falls favour favours favor fear fears feature features feed feeds feel fight fights
    figure figures file files fill fills finance finances find finds finish fire fires fit fits
    flash flee flood floods flow flows fly focus focuses follow fool force forces forecast
    forecasts forget form forms free frees freeze fuel fuels fund funds gain gains gather generate
    get give go govern grant grants ground grow guarantee guarantees guard guards guide guides
    halt halts halve hand hands handle happen harm harms head heads heal hear heat heats help
    helps hide hint hints hit hits hold hope hopes host hosts house houses hurt ignore impact
    impacts import imports improve include increase increases influence influences insist interest
    interests invest issue issues join judge judges jump jumps keep kick kill know label labels
    labor labour lack lacks land lands last lasts launch launches lay lead leads leak leaks lean
    leap learn leave leaves lend let level levels lie lift lifts light lights like likes limit
    limits line lines link links list lists live lives load loads loan loans lock locks look looks
    lose love loves lower maintain make mark marks market markets master matter matters mean means
    measure measures meet merge mind miss mistake mix model models monitor monitors move moves
    name names narrow need needs number numbers object objects obey occur offer offers offset
    offsets open operate oppose order orders outnumber overlap overlaps own owe owes pace pass
    passes pay peak peaks permit permits pick picks place places plan plans plant plants play
    plays pledge pledges plunge plunges point points post posts power powers praise predict prefer
    prepare present presents press presses prevail prevent price prices process processes produce
    profit profits progress project projects promise promises promote propose protect protest
    protests prove provide pull purchase purchases push put puts question questions quit race
    races raise raises range ranges rank ranks rate rates reach read reads rebel receive record
    records recover reduce refer reflect reform reforms refuse regain reign reject relate release
    releases rely remain remember remind rent rents repair repairs repeat replace reply report
    reports represent request requests require rescue reserve reserves resist respond rest restore
    rests result results retreat retreats return returns reveal reverse review reviews reward
    rewards ride ring rings rise rises risk risks rival rivals rule rules run runs rush save say
    scale scales scare score scores search see seek seem sell send sense separate serve serves set
    sets settle shape shapes share shares shelter shift shifts shock shocks shoot shop show shows
    shrink shut shuts side sides sign signal signals signs sit slide slides slip slow slump smell
    soar solve sound sounds source space span spans spark sparks speak spell spend split splits
    spoil sport spread spreads spring squeeze stage stages stall stalls stamp stand stands start
    starts state states stay steal steer stem step steps stick stir stop store stores strain
    strains strengthen stress stretch strike strikes struggle study studies suffer suggest suit
    sum supply supplies support supports surge surges surprise surround survey surveys survive
    suspect suspend sustain swap sway swell swing swings switch take talk talks target targets tax
    taxes teach tear tell tend tends test tests thank think threaten thrive throw tie ties tighten
    top tops total totals touch tour trace track tracks trade trades trail trails train trains
    transfer transfers transform transport travel travels treat trend trends trigger triggers
    triple trouble trust trusts try turn turns undermine understand unite urge urges use uses vary
    value values vanish view views visit visits voice vote votes wait walk walks wall want wants
    warm warms warn warns wash waste wastes watch watches water waters wave waves weaken wear
    weigh welcome welcomes widen win wins wish wishes withdraw wonder work works worry worries
    worsen worth wound write yield yields
    """.split()
)  # fmt: skip
"""Forms that may be verbs or nouns; their neighbours decide."""

DETERMINERS = frozenset(
    """
    the a an this that these those my our your his her its their some any each every no all both
    more most less fewer many much few several half another such what which whose enough
    """.split()
)
PRONOUNS = frozenset(
    """
    i you he she it we they nobody somebody everybody everyone someone nothing something
    everything anything who them him us me none itself themselves
    """.split()
)
PREPOSITIONS = frozenset(
    """
    of in on at by for from with without within into onto over under between among against during
    before after behind above below beyond through across around about as than per since until
    towards toward upon despite via like unlike near off out up down to
    """.split()
)
JOINING = frozenset("and or but nor".split())
ADJECTIVES = frozenset(
    """
    key main new old big small large long short high low first second third last next early late
    good great major minor annual total best worst young poor rich strong weak other same own
    """.split()
)
"""Common adjectives that their endings do not give away."""

NEVER = frozenset(
    """
    news always perhaps besides sometimes afterwards towards across less unless versus series
    species politics economics mathematics statistics physics analysis basis crisis thus plus bus
    gas status consensus focus-group congress process access business address success progress
    class glass loss mass cross press stress need-based united used based related so-called
    hundred red indeed speed seed deed weed breed bleed overseas yes this his its is as was has us
    """.split()
)
"""Words in -s or -ed that are no verbs."""
