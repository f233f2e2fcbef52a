// What each variable of a message is, in the order in which people need them. A test compares the names with those that messages
// know.

export const VARIABLES: readonly { readonly name: string; readonly meaning: string }[] = [
  { name: 'profile', meaning: 'The traits of the customer: `profile.firstName`. Each may be missing.' },
  { name: 'entry', meaning: 'Properties of the event that let the customer in: `entry.cart_id`.' },
  {
    name: 'saved',
    meaning:
      'What earlier steps have kept by `saveAs`: `saved.score.value`. Missing where the step did not get that far.',
  },
  { name: 'journey', meaning: 'The journey and the step that sends: `journey.id`, `journey.step`.' },
  { name: 'brand', meaning: 'The brand of the settings: `brand.name`, `brand.address`, `brand.website`.' },
  {
    name: 'catalog',
    meaning:
      'Items of the lists in `catalog/`, by id, as they are when the message is sent: `catalog.products[entry.product_id].name`.',
  },
  {
    name: 'recommend',
    meaning: 'Items that settings recommend, by name: `{% for item in recommend.favourites %}`.',
  },
  {
    name: 'unsubscribe_url',
    meaning: 'Where the customer unsubscribes. Marketing e-mails have to link to it.',
  },
  { name: 'preferences_url', meaning: 'Where the customer chooses what comes.' },
  { name: 'why_url', meaning: 'Where it says why the customer got this message.' },
  {
    name: 'confirm_url',
    meaning: 'Where the customer confirms that they have asked for messages. Good for seven days.',
  },
  {
    name: 'privacy_url',
    meaning:
      'Where the customer gets all that is stored of them, or has it erased. Good for one day: only for a message that answers `Privacy Requested`.',
  },
];
