/* See jsonb_entries.h, and utils/jsonb.h for how a container lies in memory. */
#include "pg/term/jsonb_entries.h"

/* Behind the entries of an object's keys stand those of its values, and so does what they hold. */
RpJsonbEntries
rp_jsonb_entries(const JsonbContainer *container)
{
    uint32_t count = JsonContainerSize(container);
    bool is_object = JsonContainerIsObject(container);

    return (RpJsonbEntries){
        .container = container,
        .data = (const char *)&container->children[is_object ? 2 * count : count],
        .count = count,
        .value_offset = is_object && count > 0 ? getJsonbOffset(container, (int)count) : 0,
    };
}

/* Move an offset behind an entry: one in 32 holds its end, the others their length. */
static uint32_t
end_of(JEntry entry, uint32_t offset)
{
    return JBE_HAS_OFF(entry) ? JBE_OFFLENFLD(entry) : offset + JBE_OFFLENFLD(entry);
}

bool
rp_jsonb_next(RpJsonbEntries *entries, RpJsonbEntry *entry)
{
    const JsonbContainer *container = entries->container;
    uint32_t index = entries->index;
    uint32_t start = entries->value_offset;

    if (index == entries->count) {
        return false;
    }
    if (JsonContainerIsObject(container)) {
        uint32_t end = end_of(container->children[index], entries->key_offset);

        entry->key = (RpText){entries->data + entries->key_offset, end - entries->key_offset};
        entries->key_offset = end;
        index += entries->count;
    }
    entry->type = container->children[index];
    entries->value_offset = end_of(entry->type, start);
    entries->index++;
    if (JBE_ISNUMERIC(entry->type) || JBE_ISCONTAINER(entry->type)) {
        start = INTALIGN(start);
    }
    entry->data = entries->data + start;
    entry->length = entries->value_offset - start;
    return true;
}

void
rp_jsonb_entry_value(const RpJsonbEntry *entry, JsonbValue *value)
{
    if (JBE_ISSTRING(entry->type)) {
        value->type = jbvString;
        value->val.string.val = unconstify(char *, entry->data);
        value->val.string.len = (int)entry->length;
    } else if (JBE_ISNUMERIC(entry->type)) {
        value->type = jbvNumeric;
        value->val.numeric = (Numeric)unconstify(char *, entry->data);
    } else if (JBE_ISBOOL(entry->type)) {
        value->type = jbvBool;
        value->val.boolean = JBE_ISBOOL_TRUE(entry->type);
    } else if (JBE_ISCONTAINER(entry->type)) {
        value->type = jbvBinary;
        value->val.binary.data = (JsonbContainer *)unconstify(char *, entry->data);
        value->val.binary.len = (int)entry->length;
    } else {
        value->type = jbvNull;
    }
}
