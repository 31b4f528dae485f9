/* Edit distance (optimal string alignment), and the nearest of several names. */
#include "base/nearest.h"

#include "base/ascii.h"

enum {
    COMPARED_BYTES = 128,
    OFFER_WORK = 64,    /* what an offer costs before bytes are compared */
    ALL_WORK = 4000000, /* steps of one search: some milliseconds */
    BYTES_PER_EDIT = 3  /* of a name that is still taken for the same */
};

static bool
is_same(char a, char b)
{
    return rp_ascii_lower(a) == rp_ascii_lower(b);
}

/* Cut off what two texts begin and end with in common. */
static void
cut_common(RpText *a, RpText *b)
{
    while (a->length > 0 && b->length > 0 && is_same(a->data[0], b->data[0])) {
        *a = (RpText){a->data + 1, a->length - 1};
        *b = (RpText){b->data + 1, b->length - 1};
    }
    while (a->length > 0 && b->length > 0 &&
           is_same(a->data[a->length - 1], b->data[b->length - 1])) {
        a->length--;
        b->length--;
    }
}

static uint32_t
least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* One cell of the table: rows[0] is the row that is filled, rows[1] and rows[2] those before. */
static uint32_t
cell(RpText a, RpText b, uint32_t i, uint32_t j, uint8_t *const rows[3])
{
    bool is_equal = is_same(a.data[i - 1], b.data[j - 1]);
    uint32_t edits = least(least(rows[1][j], rows[0][j - 1]) + 1U, rows[1][j - 1] + !is_equal);

    if (i > 1 && j > 1 && is_same(a.data[i - 1], b.data[j - 2]) &&
        is_same(a.data[i - 2], b.data[j - 1])) {
        edits = least(edits, rows[2][j - 2] + 1U);
    }
    return edits;
}

uint32_t
rp_text_distance(RpText a, RpText b, uint32_t limit)
{
    uint8_t room[3][COMPARED_BYTES + 1];
    uint8_t *rows[3] = {room[0], room[1], room[2]};

    cut_common(&a, &b);
    if (a.length > COMPARED_BYTES || b.length > COMPARED_BYTES ||
        (a.length > b.length ? a.length - b.length : b.length - a.length) > limit) {
        return limit + 1;
    }
    for (uint32_t j = 0; j <= b.length; j++) {
        rows[0][j] = (uint8_t)j;
    }
    for (uint32_t i = 1; i <= a.length; i++) {
        uint8_t *oldest = rows[2];

        rows[2] = rows[1];
        rows[1] = rows[0];
        rows[0] = oldest;
        rows[0][0] = (uint8_t)i;
        for (uint32_t j = 1; j <= b.length; j++) {
            rows[0][j] = (uint8_t)cell(a, b, i, j, rows);
        }
    }
    return least(rows[0][b.length], limit + 1);
}

RpText
rp_iri_local_name(RpText iri)
{
    uint32_t start = iri.length;

    while (start > 0 && iri.data[start - 1] != '#' && iri.data[start - 1] != '/' &&
           iri.data[start - 1] != ':') {
        start--;
    }
    return start == 0 ? iri : (RpText){iri.data + start, iri.length - start};
}

void
rp_nearest_begin(RpNearest *nearest, RpText wanted)
{
    uint32_t length = rp_iri_local_name(wanted).length;
    uint32_t edits = length / BYTES_PER_EDIT;

    edits += edits == 0 && length > 1;
    *nearest = (RpNearest){.wanted = wanted, .distance = edits + 1, .work = ALL_WORK};
}

/* Whether two IRIs have the same local name, and not the same namespace. */
static bool
has_same_local_name(RpText a, RpText b)
{
    RpText a_name = rp_iri_local_name(a);
    RpText b_name = rp_iri_local_name(b);

    return a_name.length > 0 && a_name.length < a.length && b_name.length < b.length &&
           a_name.length == b_name.length && rp_text_distance(a_name, b_name, 0) == 0;
}

void
rp_nearest_offer(RpNearest *nearest, RpText name)
{
    uint32_t steps = OFFER_WORK + least(name.length, COMPARED_BYTES) *
                                      least(nearest->wanted.length, COMPARED_BYTES);
    uint32_t distance;

    if (nearest->work < steps || nearest->distance == 0 || name.length == 0 ||
        rp_text_equals(name, nearest->wanted)) {
        return;
    }
    nearest->work -= steps;
    distance = rp_text_distance(name, nearest->wanted, nearest->distance - 1);
    if (distance >= nearest->distance && nearest->name.length == 0 &&
        has_same_local_name(name, nearest->wanted)) {
        distance = nearest->distance - 1;
    }
    if (distance < nearest->distance) {
        nearest->distance = distance;
        nearest->name = name;
    }
}

RpStatus
rp_error_did_you_mean(RpError *error, RpText wanted, const char *const *names, size_t count)
{
    RpNearest nearest;
    RpShown shown;

    rp_nearest_begin(&nearest, wanted);
    for (size_t i = 0; i < count; i++) {
        rp_nearest_offer(&nearest, rp_text_from(names[i]));
    }
    if (nearest.name.length > 0) {
        rp_error_hint(error, "Did you mean \"%s\"?", rp_text_show(nearest.name, &shown));
    }
    return error->status;
}
