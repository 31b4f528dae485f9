/* The vocabulary's IRIs, and the names that jsonb triples and rules use for IRIs. */
#include "rdf/vocabulary.h"

#include "rdf/term.h"

/* Without compound literals, so that the table is constant data in the library. */
#define ENTRY_TEXT(literal)                        \
    {                                              \
        (literal), (uint32_t)(sizeof(literal) - 1) \
    }

static const RpText iris[] = {
#define RP_VOCABULARY_ENTRY(name, namespace_iri, local) ENTRY_TEXT(namespace_iri local),
#include "rdf/vocabulary.def"
#undef RP_VOCABULARY_ENTRY
};

RpText
rp_vocabulary_iri(RpVocabulary id)
{
    return iris[id - 1];
}

/*
 * The places of the ids, by eight bytes of the IRI from behind the shortest namespace on, the last
 * eight, and the length: a few instructions, since a secret is not needed where the table is fixed.
 * At a quarter of its size the next free place is near; the unit tests know how near. It is made
 * from vocabulary.def when it is first asked for, which is the same as at build time, and spares
 * the build a program of its own.
 */
enum { PLACE_BITS = 10, PLACE_COUNT = 1 << PLACE_BITS, LOCAL_OFFSET = 27 };

_Static_assert(RP_VOCABULARY_COUNT <= PLACE_COUNT / 4, "the places are too few");

static uint16_t places[PLACE_COUNT];
static bool are_places_made = false;

/* iri has RP_VOCABULARY_START, and so more than eight bytes. */
static uint32_t
place_of(RpText iri)
{
    uint32_t end = iri.length - (uint32_t)sizeof(uint64_t);
    uint64_t local;
    uint64_t last;

    memcpy(&local, iri.data + (end < LOCAL_OFFSET ? end : LOCAL_OFFSET), sizeof(local));
    memcpy(&last, iri.data + end, sizeof(last));
    return (uint32_t)(((local ^ (last << 1 | last >> 63)) + iri.length) *
                          UINT64_C(0x9E3779B97F4A7C15) >>
                      (64 - PLACE_BITS));
}

static void
make_places(void)
{
    for (uint16_t id = 1; id < RP_VOCABULARY_END; id++) {
        uint32_t place = place_of(iris[id - 1]);

        while (places[place] != 0) {
            place = (place + 1) % PLACE_COUNT;
        }
        places[place] = id;
    }
    are_places_made = true;
}

uint32_t
rp_vocabulary_look_up(RpText iri)
{
    uint32_t place;

    if (!are_places_made) {
        make_places();
    }
    for (place = place_of(iri); places[place] != 0; place = (place + 1) % PLACE_COUNT) {
        if (rp_text_equals(iris[places[place] - 1], iri)) {
            break;
        }
    }
    return places[place];
}

const RpWellKnownPrefix rp_well_known_prefixes[] = {
    {ENTRY_TEXT("xsd"), ENTRY_TEXT(RP_XSD)},
    {ENTRY_TEXT("rdf"), ENTRY_TEXT(RP_RDF)},
    {ENTRY_TEXT("rdfs"), ENTRY_TEXT(RP_RDFS)},
    {ENTRY_TEXT("owl"), ENTRY_TEXT(RP_OWL)},
    {ENTRY_TEXT("foaf"), ENTRY_TEXT("http://xmlns.com/foaf/0.1/")},
    {ENTRY_TEXT("schema"), ENTRY_TEXT("http://schema.org/")},
    {ENTRY_TEXT("dc"), ENTRY_TEXT("http://purl.org/dc/elements/1.1/")},
    {ENTRY_TEXT("dcterms"), ENTRY_TEXT("http://purl.org/dc/terms/")},
    {ENTRY_TEXT("sh"), ENTRY_TEXT(RP_SH)},
};

const uint32_t rp_well_known_prefix_count =
    sizeof(rp_well_known_prefixes) / sizeof(rp_well_known_prefixes[0]);

/* The namespace of a well-known prefix; empty: it is none. Nearly all names are IRIs, whose scheme
 * the first letter tells. */
static RpText
well_known_namespace(RpText prefix)
{
    for (uint32_t i = 0; prefix.length > 0 && i < rp_well_known_prefix_count; i++) {
        if (rp_well_known_prefixes[i].prefix.data[0] == prefix.data[0] &&
            rp_text_equals(rp_well_known_prefixes[i].prefix, prefix)) {
            return rp_well_known_prefixes[i].namespace_iri;
        }
    }
    return RP_TEXT("");
}

/* RFC 3986's unreserved characters: what a bare name keeps. */
static bool
is_unreserved(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

static void
append_bare_name(RpBuffer *buffer, RpText name)
{
    static const char digits[] = "0123456789ABCDEF";

    rp_buffer_append_string(buffer, RP_BARE_NAME);
    for (uint32_t i = 0; i < name.length; i++) {
        unsigned char byte = (unsigned char)name.data[i];

        if (is_unreserved(name.data[i])) {
            rp_buffer_append_byte(buffer, name.data[i]);
        } else {
            char escape[3] = {'%', digits[byte >> 4], digits[byte & 15]};

            rp_buffer_append(buffer, escape, sizeof(escape));
        }
    }
}

static RpStatus
refuse_name(RpText name, RpError *error)
{
    RpShown shown;

    rp_error_set(error, RP_SYNTAX, "\"%s\" is not a name for an IRI", rp_text_show(name, &shown));
    return rp_error_hint(error, "Write <iri>, a well-known prefix as in xsd:integer, or a bare "
                                "name without a colon.");
}

/* The IRI that a buffer holds, checked. */
static RpStatus
finish_name(const RpBuffer *buffer, RpText *iri, RpError *error)
{
    RP_TRY(rp_buffer_status(buffer, error));
    *iri = rp_buffer_text(buffer);
    return rp_iri_check(*iri, error);
}

static RpStatus
expand_bare_name(RpArena *arena, RpText name, RpText *iri, RpError *error)
{
    RpBuffer buffer;

    if (name.length == 0) {
        return refuse_name(name, error);
    }
    rp_buffer_init(&buffer, arena);
    append_bare_name(&buffer, name);
    return finish_name(&buffer, iri, error);
}

/* A name with a colon: behind a well-known prefix, or an IRI. */
static RpStatus
expand_prefixed_name(RpArena *arena, RpText name, uint32_t colon, RpText *iri, bool *is_guess,
                     RpError *error)
{
    RpText namespace_iri = well_known_namespace((RpText){name.data, colon});
    RpBuffer buffer;

    if (namespace_iri.length == 0) {
        if (!rp_iri_is_absolute(name)) {
            return refuse_name(name, error);
        }
        *is_guess = true;
        *iri = name;
        return rp_iri_check_rest(name, colon, error);
    }
    rp_buffer_init(&buffer, arena);
    rp_buffer_append_text(&buffer, namespace_iri);
    rp_buffer_append(&buffer, name.data + colon + 1, name.length - colon - 1);
    return finish_name(&buffer, iri, error);
}

RpStatus
rp_name_expand(RpArena *arena, RpText name, RpText *iri, bool *is_guess, RpError *error)
{
    const char *colon;

    *is_guess = false;
    if (name.length >= 2 && name.data[0] == '<' && name.data[name.length - 1] == '>') {
        *iri = (RpText){name.data + 1, name.length - 2};
        return rp_iri_check(*iri, error);
    }
    colon = name.length > 0 ? memchr(name.data, ':', name.length) : NULL;
    return colon ? expand_prefixed_name(arena, name, (uint32_t)(colon - name.data), iri, is_guess,
                                        error)
                 : expand_bare_name(arena, name, iri, error);
}
