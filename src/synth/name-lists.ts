/** Names as found in the UK today, by the tradition they come from. Commonest first. No real people. */

/** Names of one tradition; each text is a list with `, ` between. */
export interface NameLists {
  readonly share: number;
  readonly male: string;
  readonly female: string;
  readonly family: string;
  /** Family names that some of the women carry instead of their husband's or father's. */
  readonly womensFamily?: string;
}

const welsh: NameLists = {
  share: 50,
  male: 'David, Gareth, Huw, Rhys, Dafydd, Ieuan, Owain, Emyr, Geraint, Aled, Iwan, Siôn, Gwilym, Tomos, Llŷr, Osian, Macsen, Hywel, Alun, Dylan',
  female:
    'Siân, Megan, Angharad, Carys, Bethan, Rhiannon, Nia, Catrin, Sioned, Ffion, Eleri, Lowri, Cerys, Mair, Gwenllian, Elin, Seren, Non, Eirlys, Delyth',
  family:
    'Jones, Davies, Williams, Evans, Thomas, Roberts, Lewis, Hughes, Morgan, Griffiths, Edwards, Owen, Rees, Price, Lloyd, Jenkins, Phillips, Powell, Parry, Pritchard, Bevan, Bowen, Howells, Llewellyn, Probert, Gwynne, ap Rhys, Tudor, Vaughan, Yorath',
};

const scottish: NameLists = {
  share: 60,
  male: 'James, John, William, Robert, Alexander, Andrew, Ian, Iain, Ross, Callum, Hamish, Fraser, Angus, Duncan, Craig, Euan, Finlay, Rory, Alasdair, Gregor',
  female:
    'Margaret, Fiona, Catriona, Elspeth, Morag, Kirsty, Mhairi, Eilidh, Isla, Shona, Agnes, Jean, Ailsa, Heather, Aileen, Iona, Skye, Senga, Rhona, Moira',
  family:
    'Smith, Brown, Campbell, Stewart, MacDonald, McDonald, Robertson, Thomson, Anderson, Scott, Reid, Murray, Clark, Ross, Young, Mitchell, Watson, Paterson, Morrison, Fraser, Davidson, McLean, MacLeod, Gray, Cameron, Ferguson, McKenzie, Mc Donald, MacKay, Mac Leod, McIntyre, Sutherland, Urquhart, Menzies, Dalziel, Colquhoun',
};

const irish: NameLists = {
  share: 50,
  male: 'Patrick, Sean, Seán, Michael, John, Liam, Declan, Brendan, Eoin, Kieran, Conor, Pádraig, Niall, Aidan, Cormac, Fergus, Colm, Dermot, Oisín, Ruairí',
  female:
    "Mary, Bridget, Siobhán, Sinéad, Aoife, Niamh, Caoimhe, Bernadette, Róisín, Orla, Maeve, Deirdre, Gráinne, Ciara, Saoirse, Nuala, Máire, Ann-Marie, Una, D'Arcy",
  family:
    "Murphy, Kelly, O'Brien, Ryan, O'Connor, Walsh, O'Neill, O'Sullivan, Byrne, Doyle, McCarthy, Gallagher, Doherty, Kennedy, Lynch, Murray, Quinn, Moore, McLoughlin, O'Reilly, O'Donnell, Fitzgerald, Brennan, Burke, Daly, O'Shea, Kavanagh, Nolan, O'Hara, Mc Cann, O'Keeffe, Ní Dhomhnaill, O Neill, Fitzpatrick, McGuinness",
};

const southAsianMuslim: NameLists = {
  share: 55,
  male: 'Mohammed, Muhammad, Mohammad, Ali, Ahmed, Imran, Abdul, Usman, Hassan, Bilal, Yusuf, Ibrahim, Hamza, Tariq, Asif, Zeeshan, Abdur Rahman, Shahid, Nadeem, Faisal, Kamran, Rashid, Adil, Omar, Syed',
  female:
    'Fatima, Aisha, Ayesha, Maryam, Zainab, Nasreen, Shazia, Saima, Khadija, Amina, Rukhsana, Sadia, Noor, Hafsa, Samina, Farzana, Yasmin, Shabnam, Rabia, Iqra, Nazia, Razia, Halima, Sumaiya, Parveen',
  family:
    'Khan, Ali, Ahmed, Hussain, Akhtar, Mohammed, Malik, Iqbal, Mahmood, Hussein, Shah, Rahman, Miah, Uddin, Islam, Chowdhury, Mirza, Butt, Ahmad, Aziz, Sheikh, Qureshi, Raja, Choudhury, Javed, Saleem, Yaqoob, Bhatti, Rashid, Siddiqui',
  womensFamily: 'Begum, Bibi, Khatun, Akhter, Kausar, Khanom',
};

const indian: NameLists = {
  share: 35,
  male: 'Raj, Amit, Rajesh, Sanjay, Vijay, Anil, Rahul, Arjun, Suresh, Nikhil, Dinesh, Rohan, Ramesh, Ashok, Krishna, Dev, Hitesh, Prakash, Aarav, Venkatesh',
  female:
    'Priya, Anita, Sunita, Neha, Pooja, Meena, Kavita, Asha, Nisha, Lakshmi, Deepa, Anjali, Rekha, Hansa, Diya, Sarita, Usha, Kalpana, Aanya, Jyoti',
  family:
    "Patel, Shah, Sharma, Kumar, Mistry, Desai, Gupta, Mehta, Joshi, Parmar, Chauhan, Rao, Reddy, Thomas, Nair, Fernandes, D'Souza, Solanki, Iyer, Das, Dutta, Banerjee, Mukherjee, Venkataramanan, Perera, Wickramasinghe, Sivakumaran, Jeyaratnam, Nathwani, Popat",
};

const sikh: NameLists = {
  share: 20,
  male: 'Gurpreet, Harjit, Jaswinder, Balwinder, Manjit, Amarjit, Sukhdev, Harpreet, Jagdeep, Kuldip, Ranjit, Parminder, Arjan, Tejinder, Simran',
  female:
    'Gurpreet, Harjit, Jaswinder, Balwinder, Manjit, Amarjit, Sukhwinder, Harpreet, Jasmeet, Kuldip, Ranjit, Parminder, Surinder, Baljit, Simran',
  family: 'Singh, Gill, Sandhu, Sidhu, Dhaliwal, Grewal, Bains, Dhillon, Sahota, Johal, Virdi',
  womensFamily: 'Kaur',
};

const african: NameLists = {
  share: 35,
  male: 'Emmanuel, Samuel, David, Kwame, Oluwaseun, Chukwuemeka, Kofi, Tunde, Ifeanyi, Abdi, Tendai, Joseph, Babatunde, Kwabena, Yusuf, Ayodele, Femi, Farai, Obinna, Mohamed',
  female:
    'Grace, Blessing, Abena, Oluwaseyi, Ngozi, Amara, Adwoa, Folake, Chiamaka, Mercy, Comfort, Temitope, Patience, Hodan, Ayaan, Rudo, Esther, Yetunde, Efua, Ifeoma',
  family:
    'Mensah, Okafor, Adeyemi, Mohamed, Owusu, Boateng, Osei, Asante, Balogun, Okonkwo, Hassan, Abdi, Moyo, Ncube, Appiah, Adebayo, Eze, Nwosu, Okoro, Oluwole, Warsame, Kamara, Sesay, Oyelaran-Oyeyinka, Ogunbanjo, Chukwu, Ndlovu, Tesfaye, Oh, Oladipo',
};

const arabic: NameLists = {
  share: 15,
  male: 'Ahmed, Omar, Khalid, Hassan, Mustafa, Ali, Abdullah, Karim, Samir, Youssef, Abd al-Rahman, Tarek, Nabil, Bassam, Ziad',
  female:
    'Layla, Mariam, Noor, Rania, Huda, Amal, Salma, Dina, Yasmin, Fatima, Hanan, Zahra, Reem, Lina, Nadia',
  family:
    'Al-Hassan, Hassan, Ali, Ahmed, El-Sayed, Mahmoud, Al-Khatib, Ibrahim, Haddad, Mansour, Al Jabouri, Saleh, Nasser, Khalil, El Amrani, bin Saeed, Abdullah, Osman, Hussein, Al-Masri',
};

const chinese: NameLists = {
  share: 20,
  male: 'Wei, Jun, Ming, Kai, Hao, Chi-Wai, Ka Ho, Jason, Kelvin, Yi, Jian, Bo, Tsz Hin, Li, Cheng',
  female:
    'Mei, Li, Xin, Yan, Ling, Wai-Ling, Hui, Jing, Siu-Mei, Amy, Yi, Ka Yan, Xiu, Tsz Ching, Na',
  family:
    'Li, Wang, Chen, Wong, Zhang, Chan, Liu, Ng, Ho, Lee, Lam, Cheung, Yang, Wu, Xu, Leung, Lau, Huang, Tang, Ma, Zhao, Yu, He, Tsang, Na, O, Kwok, Ouyang, Tan, Yip',
};

const polishAndBaltic: NameLists = {
  share: 30,
  male: 'Piotr, Łukasz, Paweł, Tomasz, Marcin, Krzysztof, Michał, Jakub, Adam, Mateusz, Grzegorz, Wojciech, Sławomir, Andrius, Jānis, Szymon, Kacper, Zbigniew',
  female:
    'Anna, Katarzyna, Agnieszka, Małgorzata, Magdalena, Joanna, Monika, Zofia, Julia, Aleksandra, Bożena, Elżbieta, Rasa, Inga, Grażyna, Żaneta, Maja, Jolanta',
  family:
    'Nowak, Wójcik, Kowalczyk, Kamiński, Lewandowski, Zieliński, Woźniak, Mazur, Kaczmarek, Krawczyk, Piotrowski, Dąbrowski, Grabowski, Pawlak, Zając, Król, Wróbel, Kazlauskas, Bērziņš, Brzęczyszczykiewicz',
};

const european: NameLists = {
  share: 40,
  male: 'José, João, Marco, Luca, Jürgen, Andrei, Ionuț, François, Pedro, Jan, Søren, Nikolaos, Björn, Luís, Ștefan, Giuseppe, Pieter, Andrés, Dmitri, Jean-Pierre',
  female:
    'María, Ana, Giulia, Elena, Zoë, Ioana, Chloé, Inês, Sofía, Françoise, Jutta, Katja, Anaïs, Birgit, Eleni, Ramona, Mihaela, Anneke, Lucía, Marie-Claire',
  family:
    "Müller, García, Silva, Popescu, Rossi, de Souza, van der Berg, Schmidt, da Silva, Fernández, D'Angelo, dos Santos, Popa, Ionescu, de la Cruz, van den Broek, González, Weiß, Sørensen, Horváth, Nagy, Papadopoulos, Dell'Anna, von Hagen, Dvořák, Ó Ceallaigh, Le Blanc, Ștefănescu, Åkerström, Papakonstantinopoulou",
};

const turkish: NameLists = {
  share: 12,
  male: 'Mehmet, Mustafa, Ahmet, Hüseyin, Hasan, Emre, Can, Murat, Özgür, Çağlar, İbrahim, Yiğit',
  female: 'Fatma, Ayşe, Emine, Zeynep, Elif, Gülşen, Özlem, Şule, Çiğdem, Hatice, Tuğba, Ebru',
  family: 'Yılmaz, Kaya, Demir, Çelik, Şahin, Beyoğlu, Öztürk, Yıldız, Kılıç, Aydın, Doğan, Güneş',
};

/** Every tradition apart from the British one, whose given names go by era. `share` is out of 1,000. */
export const otherTraditions: readonly NameLists[] = [
  welsh,
  scottish,
  irish,
  southAsianMuslim,
  indian,
  sikh,
  african,
  arabic,
  chinese,
  polishAndBaltic,
  european,
  turkish,
];

/** Family names common in Britain, commonest first, with a tail of rare, long and odd ones. */
export const britishFamilyNames =
  'Smith, Jones, Taylor, Brown, Williams, Wilson, Johnson, Davies, Patel, Robinson, Wright, Thompson, Evans, Walker, White, Roberts, Green, Hall, Wood, Jackson, Clarke, Clark, Harris, Lewis, Cooper, Hill, Ward, Turner, Martin, Moore, Morris, King, Harrison, Baker, Allen, Lee, Watson, Parker, Bennett, Young, Griffiths, Mitchell, Cook, Carter, Richardson, Bailey, Collins, Bell, Shaw, Murphy, Miller, Cox, Richards, Marshall, Anderson, Simpson, Ellis, Adams, Wilkinson, Foster, Chapman, Mason, Webb, Rogers, Gibson, Hunt, Mills, Holmes, Palmer, Matthews, Fisher, Barnes, Knight, Lloyd, Butler, Barker, Stevens, Jenkins, Dixon, Fletcher, Hunter, Harvey, Graham, Pearson, Russell, Andrews, Fox, Howard, Wells, Reynolds, Ford, Saunders, West, Day, Brooks, Lawrence, Payne, Cole, Atkinson, Bradley, Spencer, Dawson, Dunn, Hopkins, Pearce, Watts, Burton, Coleman, Armstrong, Hart, Bird, Francis, Carr, Gardner, Warren, Nicholson, Stone, Oliver, Newton, Lowe, Porter, Hawkins, Riley, Osborne, Rose, Perry, Booth, Hayes, Webster, Rowe, Frost, Sykes, Hughes, Edwards, Thomas, Wilcox, Barrett, Hudson, Elliott, Lane, Chambers, Walsh, Bates, Kemp, Holland, Hussain, Ryan, Fleming, Sharp, Gregory, Cunningham, Bishop, Cross, Jennings, Potter, Page, Morton, Goodwin, Barlow, Kaye, Gough, Weaver, Abbott, Nash, Haynes, Lamb, Tucker, Bolton, Hancock, Bowen, Sutton, Peters, Rhodes, Slater, Steele, Hobbs, Norton, Brady, Thornton, Gill, Parsons, Yates, Hodgson, Blake, Wheeler, Todd, Whitehead, Hartley, Burrows, Nicholls, Horton, Wade, Swift, Barton, Poole, Cartwright, Charlton, Shepherd, Heath, Bull, Marsh, Doyle, Savage, Goddard, Dickinson, Akers, Bancroft, Crossley, Dobson, Eccles, Fairclough, Garside, Haigh, Illingworth, Jagger, Kershaw, Lumb, Midgley, Naylor, Ogden, Pickles, Quigley, Rushworth, Stansfield, Tattersall, Uttley, Varley, Whitaker, Yardley, Bickerstaffe, Catchpole, Drinkwater, Eastwood, Fothergill, Gaskell, Heseltine, Inman, Jowett, Kitching, Leadbetter, Metcalfe, Nettleton, Oldroyd, Peacock, Rigby, Scholes, Thwaites, Unsworth, Vickers, Wadsworth, Hardcastle, Ramsbottom, Entwistle, Sutcliffe, Postlethwaite, Featherstone, Winterbottom, Trevelyan, Penhaligon, Fortescue, Wolstenholme, Higginbottom, Shufflebottom, Satterthwaite, Micklethwaite, St John, St. Clair, De Vere, Featherstonehaugh, Cholmondeley, True, May, Null, Lord';
