// What the shop sells in the sample stream.

export interface Product {
  readonly product_id: string;
  readonly name: string;
  readonly category: string;
  readonly price: number;
}

const rows: readonly (readonly [string, string, number])[] = [
  ['Reed & Ash Reading Lamp', 'lighting', 89.5],
  ['Paper Pendant, large', 'lighting', 64],
  ['Brass Desk Lamp', 'lighting', 132],
  ['Stone Bowl, grey', 'tableware', 16],
  ['Dinner Plate, set of four', 'tableware', 58],
  ['Blown Glass Carafe', 'tableware', 34.9],
  ['Espresso Cup', 'tableware', 12.5],
  ['Bread Knife', 'kitchen', 49],
  ['Iron Casserole, 4 litres', 'kitchen', 148],
  ['Linen Tea Towel', 'kitchen', 14],
  ['Olive Wood Board', 'kitchen', 39],
  ['Linen Throw', 'textiles', 72],
  ['Wool Blanket', 'textiles', 119],
  ['Cushion, rust', 'textiles', 29],
  ['Bath Towel', 'textiles', 24.5],
  ['Spade, ash handle', 'garden', 54],
  ['Secateurs', 'garden', 38],
  ['Watering Can', 'garden', 44.5],
  ['Seed Box, twelve sorts', 'garden', 19.8],
  ['Twine', 'garden', 4.5],
  ['Spring Bouquet', 'flowers', 34],
  ['Dried Wreath', 'flowers', 42],
  ['Bench, oak', 'furniture', 289],
  ['Stool, three legs', 'furniture', 98],
];

export const PRODUCTS: readonly Product[] = rows.map(([name, category, price], index) => ({
  product_id: `p-${201 + index}`,
  name,
  category,
  price,
}));

/** Titles that customers give to the baskets they save. */
export const BASKET_TITLES = {
  en: ['Weekend table', 'Garden in spring', 'For Mum', 'New flat', 'Winter evenings'],
  de: ['Tisch am Wochenende', 'Garten im Frühling', 'Für Mama', 'Neue Wohnung', 'Winterabende'],
} as const;
