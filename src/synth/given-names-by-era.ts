/** Given names common in Britain, by when their bearers were born. Commonest first. No real people. */

/** Four lists: born before 1946, 1946 to 1975, 1976 to 1999, 2000 and later. */
export type Eras = readonly [string, string, string, string];

export const maleByEra: Eras = [
  'John, William, George, James, Ronald, Robert, Kenneth, Frederick, Thomas, Albert, Eric, Edward, Arthur, Charles, Leslie, Sidney, Frank, Peter, Dennis, Joseph, Alan, Stanley, Ernest, Harold, Norman, Raymond, Leonard, Alfred, Harry, Donald, Reginald, Roy, Derek, Henry, Geoffrey, Gordon, Herbert, Walter, Cyril, Bernard',
  'David, John, Peter, Michael, Alan, Robert, Stephen, Paul, Brian, Graham, Philip, Anthony, Colin, Christopher, Geoffrey, William, James, Keith, Terence, Barry, Malcolm, Richard, Ian, Derek, Roger, Raymond, Kenneth, Andrew, Trevor, Martin, Kevin, Mark, Nigel, Gary, Simon, Neil, Timothy, Steven, Adrian, Clive, Stuart, Nicholas, Patrick, Edward, Charles',
  'Christopher, James, David, Daniel, Michael, Matthew, Andrew, Richard, Paul, Mark, Thomas, Adam, Robert, John, Lee, Benjamin, Steven, Jonathan, Craig, Stephen, Simon, Nicholas, Peter, Anthony, Alexander, Gary, Ian, Ryan, Jamie, Luke, Stuart, Phillip, Darren, William, Gareth, Martin, Kevin, Scott, Dean, Joseph, Jason, Neil, Samuel, Carl, Ben, Sean, Timothy, Oliver, Ashley, Liam',
  'Oliver, Jack, Harry, George, Noah, Charlie, Thomas, Joshua, James, William, Jacob, Alfie, Leo, Oscar, Henry, Archie, Ethan, Joseph, Freddie, Samuel, Theo, Alexander, Daniel, Logan, Isaac, Edward, Max, Lucas, Benjamin, Mason, Harrison, Finley, Arthur, Sebastian, Adam, Dylan, Zachary, Riley, Teddy, Theodore, Reuben, Luca, Jude, Albie, Toby, Elijah, Jenson, Frederick, Zoltan, Bo',
];

export const femaleByEra: Eras = [
  'Margaret, Mary, Joan, Joyce, Dorothy, Kathleen, Doris, Jean, Elsie, Florence, Edith, Irene, Hilda, Vera, Eileen, Gladys, Winifred, Phyllis, Barbara, Marjorie, Elizabeth, Sheila, Ethel, Nellie, Annie, Patricia, Audrey, Betty, Sylvia, Beryl, Ivy, Violet, Alice, Evelyn, Muriel, Nora, Freda, Rose, Constance, Eleanor',
  'Susan, Margaret, Christine, Patricia, Linda, Jean, Ann, Elizabeth, Janet, Carol, Maureen, Sandra, Barbara, Pauline, Jacqueline, Julie, Karen, Jane, Gillian, Helen, Angela, Mary, Deborah, Sheila, Jennifer, Catherine, Kathleen, Valerie, Marilyn, Judith, Sarah, Tracey, Lesley, Alison, Diane, Wendy, Anne, Caroline, Theresa, Rosemary, Amanda, Frances, Hazel, Lorraine, Zoë',
  'Sarah, Laura, Gemma, Emma, Rebecca, Claire, Victoria, Samantha, Rachel, Amy, Jennifer, Nicola, Katie, Lisa, Kelly, Natalie, Louise, Michelle, Hayley, Hannah, Helen, Charlotte, Joanne, Lucy, Elizabeth, Leanne, Danielle, Donna, Katherine, Clare, Stephanie, Stacey, Lauren, Jane, Kerry, Emily, Catherine, Sophie, Anna, Jessica, Zoe, Kirsty, Kimberley, Kate, Jenna, Alexandra, Chloe, Zoë, Renée',
  'Olivia, Amelia, Isla, Ava, Emily, Isabella, Mia, Poppy, Ella, Lily, Jessica, Sophie, Grace, Freya, Charlotte, Evie, Sophia, Daisy, Alice, Florence, Ivy, Isabelle, Matilda, Phoebe, Sienna, Evelyn, Ruby, Chloe, Rosie, Millie, Eva, Lola, Harriet, Elsie, Maisie, Willow, Erin, Elizabeth, Eleanor, Imogen, Zara, Molly, Esme, Penelope, Beatrice, Thea, Chloé, Zoë, Anaïs, Jo',
];

/** The place of an era in the lists. */
export function eraOf(birthYear: number): number {
  if (birthYear < 1946) return 0;
  if (birthYear < 1976) return 1;
  return birthYear < 2000 ? 2 : 3;
}
