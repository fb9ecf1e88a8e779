"""Reads of reference data. They cost no query: the release's data files are in memory."""

from jiuye.domains.reference.catalogue import Industry as Industry
from jiuye.domains.reference.catalogue import Occupation as Occupation
from jiuye.domains.reference.catalogue import Region as Region
from jiuye.domains.reference.queries.industries import has_industry as has_industry
from jiuye.domains.reference.queries.industries import industries as industries
from jiuye.domains.reference.queries.industries import industry as industry
from jiuye.domains.reference.queries.industries import industry_ancestors as industry_ancestors
from jiuye.domains.reference.queries.occupation_text import guess_occupation as guess_occupation
from jiuye.domains.reference.queries.occupations import has_occupation as has_occupation
from jiuye.domains.reference.queries.occupations import occupation as occupation
from jiuye.domains.reference.queries.occupations import occupation_ancestors as occupation_ancestors
from jiuye.domains.reference.queries.occupations import occupation_children as occupation_children
from jiuye.domains.reference.queries.occupations import occupation_descendants as occupation_descendants
from jiuye.domains.reference.queries.occupations import occupation_names as occupation_names
from jiuye.domains.reference.queries.occupations import search_occupations as search_occupations
from jiuye.domains.reference.queries.region_text import RegionMatch as RegionMatch
from jiuye.domains.reference.queries.region_text import find_region as find_region
from jiuye.domains.reference.queries.regions import ancestors as ancestors
from jiuye.domains.reference.queries.regions import children as children
from jiuye.domains.reference.queries.regions import descendants as descendants
from jiuye.domains.reference.queries.regions import display_name as display_name
from jiuye.domains.reference.queries.regions import full_name as full_name
from jiuye.domains.reference.queries.regions import has_region as has_region
from jiuye.domains.reference.queries.regions import provinces as provinces
from jiuye.domains.reference.queries.regions import region as region
from jiuye.domains.reference.queries.regions import search_regions as search_regions
